import type { TimeRange } from './zoom.ts';

/** Places of points in a series, both of them in it; none where `last` is before `first`. */
export interface Points {
  readonly first: number;
  readonly last: number;
}

/** What a key asks of a chart: the point at a place, or more or less of the time. */
export type ChartWish = number | 'in' | 'out' | 'all';

/** Up and down as of any slider. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowLeft', -1],
  ['ArrowDown', -1],
  ['ArrowRight', 1],
  ['ArrowUp', 1],
  ['PageDown', -10],
  ['PageUp', 10],
]);
const ZOOMS: ReadonlyMap<string, 'in' | 'out' | 'all'> = new Map([
  ['+', 'in'],
  ['=', 'in'],
  ['-', 'out'],
  ['0', 'all'],
  ['Escape', 'all'],
]);

/**
 * What a key asks for.
 *
 * @param at the point that is looked at; undefined: none yet, so a step leads to the newest that is shown
 * @param shown the points that are in view
 * @param reach those that a step may lead to
 * @returns undefined for a key that is not the chart's, or where there is no point
 */
export function chartWish(key: string, at: number | undefined, shown: Points, reach: Points): ChartWish | undefined {
  const step = STEPS.get(key);
  if (step !== undefined && at !== undefined) {
    return within(at + step, reach);
  }
  if (step !== undefined || key === 'End') {
    return within(shown.last, shown);
  }
  return key === 'Home' ? within(shown.first, shown) : ZOOMS.get(key);
}

/** As much of the time; where a point is out of it, moved as little as shows that with half a window beside it. */
export function rangeWith({ from, to }: TimeRange, time: number, windowMs: number): TimeRange {
  const beside = windowMs / 2;
  const move = time < from ? time - beside - from : time > to ? time + beside - to : 0;
  return { from: from + move, to: to + move };
}

function within(place: number, { first, last }: Points): number | undefined {
  return last < first ? undefined : Math.min(last, Math.max(first, place));
}
