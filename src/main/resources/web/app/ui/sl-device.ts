import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatConflated, formatMany } from '../core/format.ts';
import { deviceSettingsHref } from '../core/router.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import type { HistoryModel } from '../model/history-model.ts';
import type { RejectsModel } from '../model/rejects-model.ts';
import type { CountsModel } from '../model/counts-model.ts';
import { connectionList, connectionStyles } from './connection-list.ts';
import { deviceFacts, repeatsHint } from './device-facts.ts';
import { icons } from './icons.ts';
import { MetricCharts } from './metric-charts.ts';
import { CHART_HELP, metricPage } from './metric-page.ts';
import { pauseStyles, pausedNote } from './pause-tools.ts';
import { shared } from './shared.ts';
import './sl-reject-list.ts';
import { nothingStored, pointInWords } from './span-tools.ts';
import { Watching } from './watching.ts';

/** Shorter windows have no quantiles. */
const QUANTILES_FROM_MS = 10_000;
const REJECTS_SHOWN = 20;

/** One device: what it is, and each of its metrics live. */
export class SluiceDevice extends LitElement {
  static override properties = { console: { attribute: false }, device: { attribute: false } };

  declare console: Console;
  declare device: string;
  #charts: MetricCharts | undefined;
  #counts: CountsModel | undefined;
  #rejects: RejectsModel | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    metricPage,
    pauseStyles,
    connectionStyles,
    css`
      .facts {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 14px;
        margin-top: 6px;
        font-size: 14px;
        color: var(--muted);
      }

      .hint {
        max-width: 90ch;
        padding: 10px 14px;
        margin: 0 0 14px;
        border-radius: 8px;
        background: var(--warn-soft);
        font-size: 14px;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#charts?.stop();
    this.#charts = undefined;
    this.#counts?.stop();
    this.#counts = undefined;
    this.#rejects?.stop();
    this.#rejects = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('device') || changed.has('console')) {
      this.#charts?.stop();
      const { console } = this;
      const model = console.device(this.device);
      const history = console.history(this.device);
      const charts = new MetricCharts(console, model, history, () => this.#row());
      this.#charts = charts;
      this.#counts?.stop();
      const counts = console.counts(this.device);
      this.#counts = counts;
      counts.start();
      this.#rejects?.stop();
      const rejects = console.rejectsOf(this.device);
      this.#rejects = rejects;
      rejects.start();
      this.#watching.watch(model, history, counts, rejects, charts.zoom, console.live, console.preferences);
    }
  }

  override updated(): void {
    document.title = `${this.#row()?.title ?? this.device} · Sluice`;
  }

  override render(): TemplateResult | typeof nothing {
    const charts = this.#charts;
    if (charts === undefined) {
      return nothing;
    }
    const { clock, preferences } = this.console;
    const { model, history } = charts;
    const now = clock.now();
    return html`
      <a class="back" href=${this.console.router.fleetHref}>${icons.back}Fleet</a>
      <div class="head">
        <div>
          <h1>${this.#row()?.title ?? this.device}</h1>
          <div class="facts">${deviceFacts(this.console, this.device, this.#counts)}</div>
        </div>
        <div class="tools">${charts.tools()}${this.#settings()}</div>
      </div>
      ${repeatsHint(this.#counts)}
      ${pausedNote(model, history === undefined, preferences.zone)}
      ${model.refused === undefined
        ? nothing
        : html`<p role="alert" class="late">${icons.warning} The service refused to send this: ${model.refused}</p>`}
      ${history?.problem === undefined
        ? nothing
        : html`<p role="alert" class="late">${icons.warning} The history could not be read: ${history.problem}</p>`}
      ${charts.metrics.length === 0 ? this.#empty(history) : this.#help(charts)}
      ${charts.grid()}
      ${this.#refusals(now)}
      ${connectionList(this.#counts?.connections ?? [], this.#row()?.connected === true, now, preferences.zone)}
      <footer class="muted">
        ${model.notShown === 0 ? nothing : `${formatMany(model.notShown, 'more metric')} not shown.`}
        ${model.conflated === 0 ? nothing : `${formatConflated(model.conflated)}.`}
      </footer>
    `;
  }

  #help({ model, history }: MetricCharts): TemplateResult {
    const quantiles = history !== undefined || model.windowMs >= QUANTILES_FROM_MS;
    return html`<p class="help muted">
      ${CHART_HELP} Each point is the mean of ${pointInWords(history?.span, model.window)}; the
      band goes from its lowest to its highest reading${quantiles ? ', the dashed line is the 95th percentile, known within 1 %' : ''}.
      Times are ${this.console.preferences.zone === 'utc' ? 'UTC' : 'local'}, told by the device's clock.
    </p>`;
  }

  #row(): DeviceRow | undefined {
    return this.console.fleet.rows.get(this.device);
  }

  #refusals(now: number): TemplateResult | typeof nothing {
    const newest = this.#rejects?.newest ?? [];
    return newest.length === 0
      ? nothing
      : html`<section class="rejects">
          <h2>Newest rejects</h2>
          <sl-reject-list .items=${newest.slice(0, REJECTS_SHOWN)} .now=${now} .zone=${this.console.preferences.zone}
            .ofOneDevice=${true} .api=${this.console.api}></sl-reject-list>
        </section>`;
  }

  #settings(): TemplateResult | typeof nothing {
    return this.console.session.isAdministrator
      ? html`<a class="button" href=${deviceSettingsHref(this.device)}>${icons.settings}Settings</a>`
      : nothing;
  }

  #empty(history: HistoryModel | undefined): TemplateResult {
    if (history !== undefined) {
      return html`<div class="card empty" role="status">
        ${nothingStored(history, 'device')}
      </div>`;
    }
    return html`<div class="card empty">
      <p>No readings of this device yet.</p>
      <p class="muted">They appear here as soon as it sends some.</p>
    </div>`;
  }
}

customElements.define('sl-device', SluiceDevice);
