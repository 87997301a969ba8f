import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { LiveChart } from '../chart/live-chart.ts';
import { chartColumns, chartRange, nearest } from '../chart/chart-columns.ts';
import { formatAgo, formatMany, formatMoment, formatShare, formatSwitch, formatTime, formatValue } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import { writtenUnit } from '../core/units.ts';
import type { DeviceSeries } from '../model/device-series.ts';
import { freshness } from '../model/metric.ts';
import type { Metric } from '../model/metric.ts';
import type { TimeRange } from '../model/zoom.ts';
import { chartColours } from './colours.ts';
import { icons } from './icons.ts';
import { metricStyles } from './metric-styles.ts';
import { shared } from './shared.ts';

/** Quantiles come from sketches; where readings lie as close together, one may be told that is below their mean. */
const P95_ERROR = '1 %';

/** One metric: its newest value, how old that is, and its chart. */
export class SluiceMetric extends LitElement {
  static override properties = {
    metric: { attribute: false },
    boolean: { attribute: false },
    merged: { attribute: false },
    windowMs: { attribute: false },
    now: { attribute: false },
    pausedAt: { attribute: false },
    range: { attribute: false },
    zone: { attribute: false },
    theme: { attribute: false },
    pointer: { state: true },
  };

  declare metric: Metric;
  /** Counted as 0 and 1. */
  declare boolean: boolean;
  /** Of several devices: the newest value would be that of any one of them. */
  declare merged: boolean;
  declare windowMs: number;
  declare now: number;
  declare pausedAt: number | undefined;
  /** Undefined: all that there is. */
  declare range: TimeRange | undefined;
  declare zone: Zone;
  /** Only so that a change of it draws again. */
  declare theme: string;
  declare pointer: number | undefined;
  #chart: LiveChart | undefined;
  #inView = false;
  #shown: string | undefined;
  /** A copy for the time that the chart stands still: what is behind it goes on, and forgets. */
  #standing: DeviceSeries | undefined;
  readonly #resized = new ResizeObserver(() => this.#chart?.resize());
  readonly #seen = new IntersectionObserver(
    ([entry]) => {
      this.#inView = entry?.isIntersecting ?? false;
      if (this.#inView) {
        void this.#open();
      }
    },
    { rootMargin: '200px' },
  );

  static override styles = [shared, metricStyles];

  constructor() {
    super();
    this.boolean = false;
    this.merged = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen.disconnect();
    this.#resized.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
    this.#shown = undefined;
  }

  override render(): TemplateResult {
    const { metric } = this;
    const age = this.now - metric.heardAt;
    const fresh = freshness(age);
    const unit = writtenUnit(metric.unit);
    return html`<article class="card ${fresh}" data-metric=${metric.name}>
      <header>
        <h2>${metric.name}</h2>
        ${this.merged && typeof metric.value !== 'string' ? this.#mean(unit) : this.#newest(unit)}
      </header>
      ${typeof metric.value === 'string'
        ? html`<p class="text muted">A text: it has no chart.</p>`
        : html`<div class="chart" role="img" aria-label=${this.#inWords(unit)}></div>`}
      <footer class="number">
        <span>${this.#readout(unit)}</span>
        <span class=${fresh === 'live' ? '' : 'late'} title=${formatMoment(metric.heardAt, this.zone)}>
          ${fresh === 'live' ? nothing : icons.clock} ${formatAgo(age)}
        </span>
      </footer>
    </article>`;
  }

  #newest(unit: string): TemplateResult {
    const { metric } = this;
    return html`<div class="value number" title=${metric.unit === '' ? 'no unit given' : `SenML unit ${metric.unit}`}>
      ${this.boolean ? formatSwitch(metric.value) : formatValue(metric.value)} <small>${unit}</small>
    </div>`;
  }

  #mean(unit: string): TemplateResult {
    const { series } = this.metric;
    const at = this.metric.lastWhole(this.windowMs, this.now);
    const mean = series.mean[at];
    return html`<div class="value number" title="Mean of ${formatMany(series.count[at] ?? 0, 'reading')}, in the last window that is over">
      ${this.boolean ? formatShare(mean) : html`<small>mean</small> ${formatValue(mean)} <small>${unit}</small>`}
    </div>`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('pausedAt') || changed.has('metric')) {
      this.#standing = this.pausedAt === undefined ? undefined : this.metric.series.copy();
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('metric') && changed.get('metric') !== undefined && this.#inView) {
      void this.#open();
    }
    this.#draw();
  }

  get #drawn(): DeviceSeries {
    return this.#standing ?? this.metric.series;
  }

  /** The window under the pointer, or the newest one. */
  #readout(unit: string): TemplateResult | typeof nothing {
    const series = this.pointer === undefined ? this.metric.series : this.#drawn;
    const at = this.pointer === undefined ? series.length - 1 : nearest(series, this.windowMs, this.pointer);
    if (at < 0) {
      return this.pointer === undefined ? nothing : html`no readings at ${formatTime(this.pointer, this.zone)}`;
    }
    const [low, mean, high] = [series.min[at], series.mean[at], series.max[at]].map((value) => formatValue(value));
    const count = series.count[at] ?? 0;
    const p95 = series.p95[at] ?? NaN;
    const spread = this.boolean
      ? formatShare(series.mean[at])
      : `${low} – ${high} ${unit} · mean ${mean}${Number.isNaN(p95) ? '' : ` · p95 ${formatValue(p95)} ± ${P95_ERROR}`}`;
    return html`${formatTime(series.start[at] ?? 0, this.zone)} · ${spread}<span class="wide">
        · ${formatMany(count, 'reading')}</span>`;
  }

  #inWords(unit: string): string {
    const { name } = this.metric;
    const series = this.#drawn;
    if (series.length === 0) {
      return `${name}: nothing to draw yet`;
    }
    let low = Infinity;
    let high = -Infinity;
    for (const value of series.min) {
      low = Math.min(low, value);
    }
    for (const value of series.max) {
      high = Math.max(high, value);
    }
    const from = formatTime(series.start[0] ?? 0, this.zone);
    return `${name} since ${from}: between ${formatValue(low)} and ${formatValue(high)} ${unit}`;
  }

  /** The chart library is loaded with the first chart that comes into view, not with the page. */
  async #open(): Promise<void> {
    const { LiveChart: Chart } = await import('../chart/live-chart.ts');
    const host = this.renderRoot.querySelector<HTMLElement>('.chart');
    if (host !== null && this.#chart === undefined && this.isConnected) {
      this.#chart = new Chart(host);
      this.#chart.onPointer = (time) => {
        this.pointer = time;
      };
      this.#chart.onSelect = (range) => this.dispatchEvent(new CustomEvent('sl-range', { detail: range }));
      this.#resized.observe(host);
    }
    this.#draw();
  }

  #draw(): void {
    const { from, to } = this.range ?? chartRange(this.#drawn, this.windowMs, this.pausedAt ?? this.now);
    const shown = this.pausedAt === undefined ? undefined : `${from} ${to} ${this.zone} ${this.theme}`;
    if (this.#chart !== undefined && this.#inView && (shown === undefined || shown !== this.#shown)) {
      this.#shown = shown;
      this.#chart.draw(chartColumns(this.#drawn, this.windowMs, from, to), from, to, this.zone, chartColours(this));
    }
  }
}

customElements.define('sl-metric', SluiceMetric);
