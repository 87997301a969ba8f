import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Console } from '../core/console.ts';
import { formatAgo, formatConflated, formatMany, formatMoment, formatTime } from '../core/format.ts';
import { FLEET_HREF, deviceSettingsHref } from '../core/router.ts';
import { DeviceModel } from '../model/device-model.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import type { HistoryModel } from '../model/history-model.ts';
import { freshness } from '../model/metric.ts';
import type { Metric } from '../model/metric.ts';
import type { RejectsModel } from '../model/rejects-model.ts';
import type { CountsModel } from '../model/counts-model.ts';
import { icons } from './icons.ts';
import { WINDOWS, metricPage } from './metric-page.ts';
import { shared } from './shared.ts';
import './sl-metric.ts';
import './sl-reject-list.ts';
import { nothingStored, pointInWords, spanTools, windowTools } from './span-tools.ts';
import { Watching } from './watching.ts';

/** Shorter windows have no quantiles. */
const QUANTILES_FROM_MS = 10_000;
const REJECTS_SHOWN = 20;

/** One device: what it is, and each of its metrics live. */
export class SluiceDevice extends LitElement {
  static override properties = { console: { attribute: false }, device: { attribute: false } };

  declare console: Console;
  declare device: string;
  #model: DeviceModel | undefined;
  #history: HistoryModel | undefined;
  #counts: CountsModel | undefined;
  #rejects: RejectsModel | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    metricPage,
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

      .paused {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        padding: 6px 12px;
        margin-bottom: 12px;
        border-radius: 8px;
        background: var(--accent-soft);
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
    this.#model?.stop();
    this.#model = undefined;
    this.#history?.stop();
    this.#history = undefined;
    this.#counts?.stop();
    this.#counts = undefined;
    this.#rejects?.stop();
    this.#rejects = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('device') || changed.has('console')) {
      this.#model?.stop();
      const { console } = this;
      const model = console.device(this.device);
      this.#model = model;
      model.watchWindow('1s', this.#row());
      this.#history?.stop();
      const history = console.history(this.device);
      this.#history = history;
      this.#counts?.stop();
      const counts = console.counts(this.device);
      this.#counts = counts;
      counts.start();
      this.#rejects?.stop();
      const rejects = console.rejectsOf(this.device);
      this.#rejects = rejects;
      rejects.start();
      this.#watching.watch(model, history, counts, rejects, console.live, console.preferences);
    }
  }

  override updated(): void {
    document.title = `${this.#row()?.title ?? this.device} · Sluice`;
  }

  override render(): TemplateResult | typeof nothing {
    const model = this.#model;
    if (model === undefined) {
      return nothing;
    }
    const { clock, preferences } = this.console;
    const history = this.#history?.span === undefined ? undefined : this.#history;
    const metrics = history?.metrics() ?? model.metrics();
    const now = clock.now();
    return html`
      <a class="back" href=${FLEET_HREF}>${icons.back}Fleet</a>
      <div class="head">
        <div>
          <h1>${this.#row()?.title ?? this.device}</h1>
          <div class="facts">${this.#facts(now)}</div>
        </div>
        <div class="tools">${this.#tools(model)}</div>
      </div>
      ${this.#hint()}
      ${model.pausedAt === undefined
        ? nothing
        : html`<div class="paused" role="status">${icons.pause} The charts stand still at
            ${formatTime(model.pausedAt, preferences.zone)}. The numbers go on.</div>`}
      ${model.refused === undefined
        ? nothing
        : html`<p role="alert" class="late">${icons.warning} The service refused to send this: ${model.refused}</p>`}
      ${history?.problem === undefined
        ? nothing
        : html`<p role="alert" class="late">${icons.warning} The history could not be read: ${history.problem}</p>`}
      ${metrics.length === 0 ? this.#empty(history) : nothing}
      <div class="grid">
        ${repeat(
          metrics,
          (metric) => metric,
          (metric) => html`<sl-metric .metric=${metric}
            .boolean=${this.console.fleet.isBoolean(this.#row(), metric.name)} .windowMs=${history?.windowMs ?? model.windowMs} .now=${now}
            .pausedAt=${history === undefined ? model.pausedAt : undefined}
            .zone=${preferences.zone} .theme=${preferences.theme}></sl-metric>`,
        )}
      </div>
      ${this.#refusals(now)}
      <footer class="muted">
        Each point is the mean of ${pointInWords(history?.span, model.window)}; the band goes from its lowest to its
        highest reading${history === undefined && model.windowMs < QUANTILES_FROM_MS ? '' : ', the dashed line is the 95th percentile'}. Times are ${preferences.zone === 'utc' ? 'UTC' : 'local'}, told by the device's clock.
        ${model.notShown === 0 ? nothing : `${formatMany(model.notShown, 'more metric')} not shown.`}
        ${model.conflated === 0
          ? nothing
          : `${formatConflated(model.conflated)}.`}
      </footer>
    `;
  }

  #row(): DeviceRow | undefined {
    return this.console.fleet.rows.get(this.device);
  }

  #facts(now: number): TemplateResult {
    const row = this.#row();
    const { zone } = this.console.preferences;
    const silent = row?.connected === true && freshness(now - row.lastSeen) === 'stale';
    return html`
      ${this.#state(row)}
      ${silent ? html`<span class="pill warn">${icons.clock}silent, last reading ${row.lastSeen === 0 ? 'never' : formatAgo(now - row.lastSeen)}</span>` : nothing}
      ${row === undefined || row.title === this.device ? nothing : html`<span>${this.device}</span>`}
      ${row?.group ? html`<span>Group ${row.group}</span>` : nothing}
      ${row?.profile ? html`<span>Profile ${row.profile}</span>` : nothing}
      ${row?.since === undefined ? nothing : html`<span>since ${formatMoment(row.since, zone)}</span>`}
      ${this.#repeated(now)} ${this.#late(now)}
    `;
  }

  #repeated(now: number): TemplateResult | typeof nothing {
    const repeats = this.#counts?.repeats;
    if (repeats === undefined || repeats.messages === 0) {
      return nothing;
    }
    const last = repeats.last === undefined ? '' : `, last ${formatAgo(now - repeats.last)}`;
    return html`<span class="repeats" title="Their numbers had been counted before, so they were acknowledged and not
      counted again">${formatMany(repeats.messages, 'repeated message')}${last}</span>`;
  }

  #late(now: number): TemplateResult | typeof nothing {
    const late = this.#counts?.late;
    if (late === undefined || late.readings === 0) {
      return nothing;
    }
    const last = late.last === undefined ? '' : `, last ${formatAgo(now - late.last)}`;
    return html`<span class="late-readings" title="A window that they belong to had closed when they came. They are stored, and
      missing in that window">${formatMany(late.readings, 'late reading')}${last}</span>`;
  }

  #hint(): TemplateResult | typeof nothing {
    const repeats = this.#counts?.repeats;
    return repeats?.hint === undefined
      ? nothing
      : html`<p class="hint" role="note">${icons.warning} ${repeats.hint} (Number 1 came again
          ${repeats.fromOne === 1 ? 'once' : formatMany(repeats.fromOne, 'time')}.)</p>`;
  }

  #refusals(now: number): TemplateResult | typeof nothing {
    const newest = this.#rejects?.newest ?? [];
    return newest.length === 0
      ? nothing
      : html`<section class="rejects">
          <h2>Newest rejects</h2>
          <sl-reject-list .items=${newest.slice(0, REJECTS_SHOWN)} .now=${now} .zone=${this.console.preferences.zone}
            .ofOneDevice=${true}></sl-reject-list>
        </section>`;
  }

  #state(row: DeviceRow | undefined): TemplateResult {
    if (row === undefined) {
      return html`<span class="pill">${icons.unknown}${this.console.fleet.loaded ? 'not registered' : 'looking it up'}</span>`;
    }
    if (!row.enabled) {
      return html`<span class="pill bad">${icons.disabled}disabled</span>`;
    }
    return row.connected === true
      ? html`<span class="pill good">${icons.connected}connected</span>`
      : html`<span class="pill">${icons.offline}${row.connected === false ? 'offline' : 'not seen'}</span>`;
  }

  #tools(model: DeviceModel): TemplateResult {
    const windows = this.console.live.welcome?.windows ?? WINDOWS;
    const paused = model.pausedAt !== undefined;
    const span = this.#history?.span;
    return html`
      ${windowTools(windows, span === undefined ? model.window : undefined, (window) => this.#watch(window))}
      ${spanTools(span, (wanted) => this.#history?.show(wanted, () => model.metrics().map((metric: Metric) => metric.name)))}
      <button class="button" ?disabled=${span !== undefined} aria-pressed=${paused ? 'true' : 'false'} @click=${() => model.pause(!paused)}>
        ${paused ? icons.play : icons.pause}${paused ? 'Go on' : 'Pause'}
      </button>
      ${this.console.session.isAdministrator
        ? html`<a class="button" href=${deviceSettingsHref(this.device)}>${icons.settings}Settings</a>`
        : nothing}
    `;
  }

  #watch(window: string): void {
    this.#history?.stop();
    this.#model?.watchWindow(window, this.#row());
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
