import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Console } from '../core/console.ts';
import { formatAgo, formatMany } from '../core/format.ts';
import { GROUPS_HREF, deviceHref } from '../core/router.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import type { HistoryModel } from '../model/history-model.ts';
import { icons } from './icons.ts';
import { WINDOWS, metricPage } from './metric-page.ts';
import { shared } from './shared.ts';
import './sl-metric.ts';
import { nothingStored, pointInWords, spanTools, windowTools } from './span-tools.ts';
import { Watching } from './watching.ts';

const DEVICES_SHOWN = 200;

/** One group: its rollups live, and its devices. */
export class SluiceGroup extends LitElement {
  static override properties = { console: { attribute: false }, group: { attribute: false } };

  declare console: Console;
  declare group: string;
  #model: DeviceModel | undefined;
  #history: HistoryModel | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    metricPage,
    css`
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr));
        gap: 4px 24px;
        margin: 0;
        padding: 14px 18px;
        list-style: none;
      }

      li {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#model?.stop();
    this.#model = undefined;
    this.#history?.stop();
    this.#history = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('group') || changed.has('console')) {
      this.#model?.stop();
      const model = this.console.group(this.group);
      this.#model = model;
      model.watchWindow('1s', undefined);
      this.#history?.stop();
      const history = this.console.groupHistory(this.group);
      this.#history = history;
      this.#watching.watch(model, history, this.console.fleet, this.console.live, this.console.preferences);
    }
  }

  override updated(): void {
    document.title = `${this.group} · Sluice`;
  }

  override render(): TemplateResult | typeof nothing {
    const model = this.#model;
    if (model === undefined) {
      return nothing;
    }
    const { clock, preferences } = this.console;
    const now = clock.now();
    const history = this.#history?.span === undefined ? undefined : this.#history;
    const metrics = history?.metrics() ?? model.metrics();
    return html`
      <a class="back" href=${GROUPS_HREF}>${icons.back}Groups</a>
      <div class="head">
        <h1>${this.group}</h1>
        <div class="tools">${this.#tools(model)}</div>
      </div>
      ${model.refused === undefined
        ? nothing
        : html`<p role="alert">${icons.warning} The service refused to send this: ${model.refused}</p>`}
      ${history?.problem === undefined
        ? nothing
        : html`<p role="alert">${icons.warning} The history could not be read: ${history.problem}</p>`}
      ${metrics.length === 0
        ? html`<div class="card empty">${history === undefined
            ? html`<p>No readings of this group yet.</p>`
            : nothingStored(history, 'group')}</div>`
        : nothing}
      <div class="grid">
        ${repeat(
          metrics,
          (metric) => metric,
          (metric) => html`<sl-metric .metric=${metric} .windowMs=${history?.windowMs ?? model.windowMs} .now=${now}
            .zone=${preferences.zone} .theme=${preferences.theme}></sl-metric>`,
        )}
      </div>
      ${this.#devices(now)}
      <footer class="muted">
        Each point is the mean of what all devices of the group sent in ${pointInWords(history?.span, model.window)}; the band
        goes from their lowest to their highest reading, a dashed line is the 95th percentile.
      </footer>
    `;
  }

  #tools(model: DeviceModel): TemplateResult {
    const windows = this.console.live.welcome?.windows ?? WINDOWS;
    const span = this.#history?.span;
    return html`
      ${windowTools(windows, span === undefined ? model.window : undefined, (window) => this.#watch(model, window))}
      ${spanTools(span, (wanted) => this.#history?.show(wanted, () => model.metrics().map((metric) => metric.name)))}
    `;
  }

  #watch(model: DeviceModel, window: string): void {
    this.#history?.stop();
    model.watchWindow(window, undefined);
  }

  #devices(now: number): TemplateResult {
    const rows = [...this.console.fleet.rows.values()]
      .filter((row) => row.group === this.group)
      .sort((a, b) => a.title.localeCompare(b.title, undefined, { numeric: true }));
    return html`<section>
      <h2>${formatMany(rows.length, 'device')}</h2>
      <ul class="card">${rows.slice(0, DEVICES_SHOWN).map((row) => this.#device(row, now))}</ul>
      ${rows.length > DEVICES_SHOWN
        ? html`<p class="muted">and ${formatMany(rows.length - DEVICES_SHOWN, 'more device')}; the fleet's search finds them.</p>`
        : nothing}
    </section>`;
  }

  #device(row: DeviceRow, now: number): TemplateResult {
    return html`<li>
      <a href=${deviceHref(row.id)}>${row.title}</a>
      <span class="muted number">${row.connected === true ? icons.connected : icons.offline}
        ${row.lastSeen === 0 ? 'never' : formatAgo(now - row.lastSeen)}</span>
    </li>`;
  }
}

customElements.define('sl-group', SluiceGroup);
