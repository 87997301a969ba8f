import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Console } from '../core/console.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import type { HistoryModel, Span } from '../model/history-model.ts';
import type { Metric } from '../model/metric.ts';
import { Zoom } from '../model/zoom.ts';
import type { TimeRange } from '../model/zoom.ts';
import { WINDOWS } from './metric-page.ts';
import { pauseTool } from './pause-tools.ts';
import './sl-metric.ts';
import type { ZoomStep } from './sl-metric.ts';
import { spanTools, windowTools } from './span-tools.ts';
import { narrowest, wholeOf, zoomTools } from './zoom-tools.ts';

/** The charts of one page, live or of a span of the history, and what can be done with them all. */
export class MetricCharts {
  readonly zoom = new Zoom();
  readonly model: DeviceModel;
  readonly #history: HistoryModel;
  readonly #console: Console;
  readonly #known: () => DeviceRow | undefined;

  /** @param known what the fleet's page has gathered of the device, if it is one */
  constructor(console: Console, model: DeviceModel, history: HistoryModel, known: () => DeviceRow | undefined) {
    this.#console = console;
    this.model = model;
    this.#history = history;
    this.#known = known;
    model.watchWindow('1s', known());
  }

  stop(): void {
    this.model.stop();
    this.#history.stop();
  }

  /** Undefined while the charts are live. */
  get history(): HistoryModel | undefined {
    return this.#history.span === undefined ? undefined : this.#history;
  }

  get metrics(): readonly Metric[] {
    return this.history?.metrics() ?? this.model.metrics();
  }

  get windowMs(): number {
    return this.history?.windowMs ?? this.model.windowMs;
  }

  /** Undefined while they move. */
  get pausedAt(): number | undefined {
    return this.history === undefined ? this.model.pausedAt : undefined;
  }

  tools(): TemplateResult {
    const windows = this.#console.live.welcome?.windows ?? WINDOWS;
    const span = this.history?.span;
    return html`
      ${windowTools(windows, span === undefined ? this.model.window : undefined, (window) => this.#watch(window))}
      ${spanTools(span, (wanted) => this.#look(wanted))}
      ${zoomTools(this.zoom, narrowest(this.windowMs), () => this.#whole(), () => this.#hold())}
      ${pauseTool(this.model, this.zoom, span === undefined)}
    `;
  }

  grid(): TemplateResult {
    const { metrics, windowMs, pausedAt } = this;
    const { preferences, clock, fleet } = this.#console;
    const now = clock.now();
    const { id, source } = this.model;
    const isBoolean = (name: string): boolean =>
      source === 'group' ? fleet.isGroupBoolean(id, name) : fleet.isBoolean(this.#known(), name);
    const range = this.zoom.active ? this.zoom.of(this.#whole()) : this.history?.range(now);
    return html`<div class="grid">
      ${repeat(
        metrics,
        (metric) => metric,
        (metric) => html`<sl-metric .metric=${metric} .boolean=${isBoolean(metric.name)} .merged=${source === 'group'}
          .windowMs=${windowMs} .now=${now} .pausedAt=${pausedAt} .range=${range} .zoomed=${this.zoom.active}
          .zone=${preferences.zone} .theme=${preferences.theme}
          @sl-zoom=${(event: CustomEvent<ZoomStep>) => this.#step(event.detail)}
          @sl-range=${(event: CustomEvent<TimeRange | null>) => this.#choose(event.detail)}></sl-metric>`,
      )}
    </div>`;
  }

  #watch(window: string): void {
    this.zoom.all();
    this.#history.stop();
    this.model.watchWindow(window, this.#known());
  }

  #look(span: Span): void {
    this.zoom.all();
    this.#history.show(span, () => this.model.metrics().map((metric) => metric.name));
  }

  /** @param range null: all */
  #choose(range: TimeRange | null): void {
    if (range === null) {
      this.zoom.all();
    } else {
      this.#hold();
      this.zoom.select(range, narrowest(this.windowMs));
    }
  }

  #step({ closer, about }: ZoomStep): void {
    if (closer) {
      this.zoom.in(this.#whole(), narrowest(this.windowMs), about);
    } else {
      this.zoom.out(this.#whole(), about);
    }
    if (about !== undefined && this.zoom.active) {
      this.#hold();
    }
  }

  /** What somebody looks at closely shall not move away, nor be forgotten. */
  #hold(): void {
    if (this.history === undefined && this.model.pausedAt === undefined) {
      this.model.pause(true);
    }
  }

  #whole(): TimeRange {
    const now = this.#console.clock.now();
    return this.history?.range(now) ?? wholeOf(this.metrics, this.windowMs, this.pausedAt ?? now);
  }
}
