import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { chartRange } from '../chart/chart-columns.ts';
import type { Metric } from '../model/metric.ts';
import type { TimeRange, Zoom } from '../model/zoom.ts';
import { icons } from './icons.ts';

/** Points that a chart shows at least. */
const LEAST_POINTS = 5;

export function narrowest(windowMs: number): number {
  return LEAST_POINTS * windowMs;
}

/** The time of the chart that has most. */
export function wholeOf(metrics: readonly Metric[], windowMs: number, end: number): TimeRange {
  const from = Math.min(end - narrowest(windowMs), ...metrics.map(({ series }) => chartRange(series, windowMs, end).from));
  return { from, to: end };
}

/**
 * The same by keyboard and finger as a mouse does by drawing on a chart.
 *
 * @param least of the time to show, ms
 * @param whole the time that there is to show
 * @param hold lets the charts stand still
 */
export function zoomTools(zoom: Zoom, least: number, whole: () => TimeRange, hold: () => void): TemplateResult {
  const earlier = (): void => {
    hold();
    zoom.earlier(whole());
  };
  return html`<div class="segments" role="group" aria-label="Zoom">
    ${button('Zoom in', icons.zoomIn, true, () => zoom.in(whole(), least))}
    ${button('Zoom out', icons.zoomOut, zoom.active, () => zoom.out(whole()))}
    ${button('Earlier', icons.back, zoom.active, earlier)}
    ${button('Later', icons.forth, zoom.active, () => zoom.later(whole()))}
    <button ?disabled=${!zoom.active} @click=${() => zoom.all()}>Reset zoom</button>
  </div>`;
}

function button(name: string, icon: TemplateResult, enabled: boolean, act: () => void): TemplateResult {
  return html`<button aria-label=${name} title=${name} ?disabled=${!enabled} @click=${act}>${icon}</button>`;
}
