import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatMany, formatMoment, formatShare, formatSwitch, formatTime, formatValue } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import type { DeviceSeries } from '../model/device-series.ts';
import type { Metric } from '../model/metric.ts';

/** Quantiles come from sketches; where readings lie as close together, one may be told that is below their mean. */
const P95_ERROR = '1 %';
const HALF_A_DAY_MS = 43_200_000;

/** How a metric is told in words. */
export interface Wording {
  readonly unit: string;
  /** Counted as 0 and 1. */
  readonly boolean: boolean;
  /** Of several devices: told is a mean. */
  readonly merged: boolean;
  readonly zone: Zone;
}

/** A chart for whoever does not see it: the newest value, and how far it went. @param at the newest place that a mean is of */
export function chartInWords(metric: Metric, drawn: DeviceSeries, at: number, wording: Wording): string {
  const { unit, zone } = wording;
  if (drawn.length === 0) {
    return `${metric.name}: nothing to draw yet`;
  }
  let low = Infinity;
  let high = -Infinity;
  for (const value of drawn.min) {
    low = Math.min(low, value);
  }
  for (const value of drawn.max) {
    high = Math.max(high, value);
  }
  const ends = `${formatValue(low)} and ${withUnit(formatValue(high), unit)}`;
  return `Chart of ${metric.name}, newest ${newestInWords(metric, at, wording)}; since ${timeOf(drawn, 0, zone)} between ${ends}`;
}

/** One point of a chart for the eye, as short as a narrow card wants it. */
export function readout(series: DeviceSeries, at: number, { unit, boolean, zone }: Wording): TemplateResult {
  const [low, mean, high, p95] = [series.min[at], series.mean[at], series.max[at], series.p95[at] ?? NaN];
  const spread = boolean
    ? formatShare(mean)
    : `${formatValue(low)} – ${formatValue(high)} ${unit} · mean ${formatValue(mean)}${Number.isNaN(p95)
        ? ''
        : ` · p95 ${formatValue(p95)} ± ${P95_ERROR}`}`;
  return html`${formatTime(series.start[at] ?? 0, zone)} · ${spread}<span class="wide">
      · ${formatMany(series.count[at] ?? 0, 'reading')}</span>`;
}

/** One point of a chart, to be read aloud: its time and its values. */
export function pointOfChart(series: DeviceSeries, at: number, { unit, boolean, zone }: Wording): string {
  const [low, mean, high, p95] = [series.min[at], series.mean[at], series.max[at], series.p95[at] ?? NaN];
  const values = boolean
    ? formatShare(mean)
    : `mean ${withUnit(formatValue(mean), unit)}, from ${formatValue(low)} to ${formatValue(high)}${Number.isNaN(p95)
        ? ''
        : `, 95th percentile ${formatValue(p95)}`}`;
  return `${timeOf(series, at, zone)}: ${values}, ${formatMany(series.count[at] ?? 0, 'reading')}`;
}

/** With the date where the time of day alone could be that of another day. */
function timeOf({ start }: DeviceSeries, at: number, zone: Zone): string {
  const format = (start[start.length - 1] ?? 0) - (start[0] ?? 0) < HALF_A_DAY_MS ? formatTime : formatMoment;
  return format(start[at] ?? 0, zone);
}

function newestInWords(metric: Metric, at: number, { unit, boolean, merged }: Wording): string {
  if (merged) {
    const mean = metric.series.mean[at];
    return boolean ? formatShare(mean) : `mean ${withUnit(formatValue(mean), unit)}`;
  }
  return boolean ? formatSwitch(metric.value) : withUnit(formatValue(metric.value), unit);
}

function withUnit(value: string, unit: string): string {
  return unit === '' ? value : `${value} ${unit}`;
}
