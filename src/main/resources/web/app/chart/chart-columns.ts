import type { Points } from '../model/chart-keys.ts';
import type { DeviceSeries } from '../model/device-series.ts';
import type { TimeRange } from '../model/zoom.ts';

/** What a chart draws of a series: pairs of time and value, one behind the other in a flat array. */
export interface ChartColumns {
  readonly mean: Float64Array;
  readonly low: Float64Array;
  /** Height of the band above `low`. */
  readonly band: Float64Array;
  /** The 95th percentile; empty where no window tells it. */
  readonly p95: Float64Array;
}

/** Where one window is, in the middle of its time, so that a 1 min window is not drawn half a minute early. */
export function middle(start: number, windowMs: number): number {
  return start + windowMs / 2;
}

/**
 * Lays the windows of a time range out for drawing. Neighbours further apart than the gap get a NaN between them: a line
 * over a time from which nothing is known would be an invention.
 */
export function chartColumns(
  series: DeviceSeries,
  windowMs: number,
  from: number,
  to: number,
): ChartColumns {
  const { start, min, max, mean, p95 } = series;
  const gap = series.gapMs(windowMs);
  // At worst every window is followed by a break.
  const room = series.length * 4;
  const means = new Float64Array(room);
  const lows = new Float64Array(room);
  const bands = new Float64Array(room);
  const highs = new Float64Array(room);
  let told = 0;
  let at = 0;
  let before = NaN;
  const push = (time: number, low: number, high: number, value: number, most: number): void => {
    means[at] = time;
    lows[at] = time;
    bands[at] = time;
    highs[at] = time;
    means[at + 1] = value;
    lows[at + 1] = low;
    bands[at + 1] = high - low;
    highs[at + 1] = most;
    told += Number.isNaN(most) ? 0 : 1;
    at += 2;
  };
  for (let i = 0; i < series.length; i++) {
    const time = middle(start[i]!, windowMs);
    if (time < from - gap || time > to) {
      continue;
    }
    if (time - before > gap) {
      push((time + before) / 2, NaN, NaN, NaN, NaN);
    }
    push(time, min[i]!, max[i]!, mean[i]!, p95[i]!);
    before = time;
  }
  return { mean: means.subarray(0, at), low: lows.subarray(0, at), band: bands.subarray(0, at), p95: highs.subarray(0, told === 0 ? 0 : at) };
}

/** Index of the window nearest to a time, -1 when there is none within a gap of it. */
export function nearest(series: DeviceSeries, windowMs: number, time: number): number {
  const { start } = series;
  let best = -1;
  let distance = series.gapMs(windowMs);
  for (let i = 0; i < series.length; i++) {
    const here = Math.abs(middle(start[i]!, windowMs) - time);
    if (here <= distance) {
      best = i;
      distance = here;
    }
  }
  return best;
}

/** Place of the point at a time: the first one for a time before all of them, undefined in a gap. */
export function placeAt(series: DeviceSeries, windowMs: number, time: number): number | undefined {
  const at = nearest(series, windowMs, time);
  if (at >= 0) {
    return at;
  }
  return series.length > 0 && time < middle(series.start[0]!, windowMs) ? 0 : undefined;
}

/** The points of a time range. */
export function pointsIn({ start }: DeviceSeries, windowMs: number, { from, to }: TimeRange): Points {
  const first = start.findIndex((one) => middle(one, windowMs) >= from);
  const last = start.findLastIndex((one) => middle(one, windowMs) <= to);
  return first < 0 ? { first: start.length, last } : { first, last };
}

/** The time range to show: it grows with what is known, from a fifth of the room to all of it. */
export function chartRange(
  series: DeviceSeries,
  windowMs: number,
  end: number,
): TimeRange {
  const first = series.length === 0 ? end : series.start[0]!;
  const widest = series.capacity * windowMs;
  const narrowest = widest / 5;
  return { from: end - Math.min(widest, Math.max(narrowest, end - first)), to: end };
}
