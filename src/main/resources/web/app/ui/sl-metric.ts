import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { LiveChart } from '../chart/live-chart.ts';
import { chartColumns, chartRange, middle, nearest, placeAt, pointsIn } from '../chart/chart-columns.ts';
import { formatAgo, formatMany, formatMoment, formatShare, formatSwitch, formatTime, formatValue } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import { writtenUnit } from '../core/units.ts';
import { chartWish, rangeWith } from '../model/chart-keys.ts';
import type { DeviceSeries } from '../model/device-series.ts';
import { freshness } from '../model/metric.ts';
import type { Metric } from '../model/metric.ts';
import type { TimeRange } from '../model/zoom.ts';
import { chartColours } from './colours.ts';
import { icons } from './icons.ts';
import { metricStyles } from './metric-styles.ts';
import { chartInWords, pointOfChart, readout } from './metric-words.ts';
import type { Wording } from './metric-words.ts';
import { shared } from './shared.ts';

/** More of the time, or less, where `about` keeps its place; undefined: as the buttons do it. */
export interface ZoomStep {
  readonly closer: boolean;
  readonly about: number | undefined;
}

/** What the keyboard looks at. What is said of it is that of the moment: read aloud, each change would be. */
interface Cursor {
  readonly time: number;
  readonly at: number;
  readonly said: string;
}

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
    zoomed: { attribute: false },
    zone: { attribute: false },
    theme: { attribute: false },
    pointer: { state: true },
    cursor: { state: true },
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
  /** Whether that is a part of what there is, so that steps beyond it lead on. */
  declare zoomed: boolean;
  declare zone: Zone;
  /** Only so that a change of it draws again. */
  declare theme: string;
  declare pointer: number | undefined;
  declare cursor: Cursor | undefined;
  /** As it was when the chart got the focus, for the same reason. */
  #name: string | undefined;
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
    this.zoomed = false;
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
    this.#leave();
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
        : html`<div class="chart" tabindex="0" role="slider" aria-label=${this.#name ?? this.#inWords()}
            aria-valuemin="0" aria-valuemax=${this.#drawn.length} aria-valuenow=${this.cursor?.at ?? 0}
            aria-valuetext=${this.cursor?.said ?? 'no point chosen'} @keydown=${(event: KeyboardEvent) => this.#press(event)}
            @focus=${() => (this.#name = this.#inWords())} @blur=${() => this.#leave()}></div>`}
      <footer class="number">
        <span>${this.#readout()}</span>
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

  /** The window under the pointer, or the keyboard's, or the newest one. */
  #readout(): TemplateResult | typeof nothing {
    const time = this.pointer ?? this.cursor?.time;
    const series = time === undefined ? this.metric.series : this.#drawn;
    const at = time === undefined ? series.length - 1 : nearest(series, this.windowMs, time);
    if (at < 0) {
      return time === undefined ? nothing : html`no readings at ${formatTime(time, this.zone)}`;
    }
    return readout(series, at, this.#wording);
  }

  #inWords(): string {
    return chartInWords(this.metric, this.#drawn, this.metric.lastWhole(this.windowMs, this.now), this.#wording);
  }

  get #wording(): Wording {
    return { unit: writtenUnit(this.metric.unit), boolean: this.boolean, merged: this.merged, zone: this.zone };
  }

  get #range(): TimeRange {
    return this.range ?? chartRange(this.#drawn, this.windowMs, this.pausedAt ?? this.now);
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const series = this.#drawn;
    const at = this.cursor === undefined ? undefined : placeAt(series, this.windowMs, this.cursor.time);
    const shown = pointsIn(series, this.windowMs, this.#range);
    const reach = this.zoomed ? { first: 0, last: series.length - 1 } : shown;
    const wish = chartWish(event.key, at, shown, reach);
    if (wish === undefined) {
      return;
    }
    event.preventDefault();
    if (typeof wish === 'number') {
      this.#lookAt(wish);
    } else if (wish === 'all') {
      this.cursor = event.key === 'Escape' ? undefined : this.cursor;
      this.#choose(undefined);
    } else {
      const detail: ZoomStep = { closer: wish === 'in', about: this.cursor?.time };
      this.dispatchEvent(new CustomEvent('sl-zoom', { detail }));
    }
  }

  #lookAt(at: number): void {
    const series = this.#drawn;
    const time = middle(series.start[at] ?? 0, this.windowMs);
    this.cursor = { time, at: at + 1, said: pointOfChart(series, at, this.#wording) };
    const range = rangeWith(this.#range, time, this.windowMs);
    if (this.zoomed && range.from !== this.#range.from) {
      this.#choose(range);
    }
  }

  /** @param range undefined: all, for which an event has null */
  #choose(range: TimeRange | undefined): void {
    this.dispatchEvent(new CustomEvent('sl-range', { detail: range ?? null }));
  }

  #leave(): void {
    this.#name = undefined;
    this.cursor = undefined;
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
      this.#chart.onSelect = (range) => this.#choose(range);
      this.#resized.observe(host);
    }
    this.#draw();
  }

  #draw(): void {
    const range = this.#range;
    const { from, to } = range;
    const time = this.cursor?.time;
    const shown = this.pausedAt === undefined ? undefined : `${from} ${to} ${time} ${this.zone} ${this.theme}`;
    if (this.#chart !== undefined && this.#inView && (shown === undefined || shown !== this.#shown)) {
      this.#shown = shown;
      this.#chart.draw(chartColumns(this.#drawn, this.windowMs, from, to), range, this.zone, chartColours(this), time);
    }
  }
}

customElements.define('sl-metric', SluiceMetric);
