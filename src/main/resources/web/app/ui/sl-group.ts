import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatAgo, formatMany } from '../core/format.ts';
import { GROUPS_HREF, deviceHref } from '../core/router.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import { icons } from './icons.ts';
import { MetricCharts } from './metric-charts.ts';
import { CHART_HELP, metricPage } from './metric-page.ts';
import { pauseStyles, pausedNote } from './pause-tools.ts';
import { shared } from './shared.ts';
import { nothingStored, pointInWords } from './span-tools.ts';
import { Watching } from './watching.ts';

const DEVICES_SHOWN = 200;

/** One group: its rollups live, and its devices. */
export class SluiceGroup extends LitElement {
  static override properties = { console: { attribute: false }, group: { attribute: false } };

  declare console: Console;
  declare group: string;
  #charts: MetricCharts | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    metricPage,
    pauseStyles,
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
    this.#charts?.stop();
    this.#charts = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('group') || changed.has('console')) {
      this.#charts?.stop();
      const model = this.console.group(this.group);
      const history = this.console.groupHistory(this.group);
      const charts = new MetricCharts(this.console, model, history, () => undefined);
      this.#charts = charts;
      this.#watching.watch(model, history, charts.zoom, this.console.fleet, this.console.live, this.console.preferences);
    }
  }

  override updated(): void {
    document.title = `${this.group} · Sluice`;
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
      <a class="back" href=${GROUPS_HREF}>${icons.back}Groups</a>
      <div class="head">
        <h1>${this.group}</h1>
        <div class="tools">${charts.tools()}</div>
      </div>
      ${model.refused === undefined
        ? nothing
        : html`<p role="alert">${icons.warning} The service refused to send this: ${model.refused}</p>`}
      ${history?.problem === undefined
        ? nothing
        : html`<p role="alert">${icons.warning} The history could not be read: ${history.problem}</p>`}
      ${pausedNote(model, history === undefined, preferences.zone)}
      ${charts.metrics.length === 0
        ? html`<div class="card empty">${history === undefined
            ? html`<p>No readings of this group yet.</p>`
            : nothingStored(history, 'group')}</div>`
        : this.#help(charts)}
      ${charts.grid()}
      ${this.#devices(now)}
    `;
  }

  #help({ model, history }: MetricCharts): TemplateResult {
    return html`<p class="help muted">
      ${CHART_HELP} Each point is the mean of what all devices of the group sent in
      ${pointInWords(history?.span, model.window)}; the band goes from their lowest to their highest reading, a dashed line is the
      95th percentile, known within 1 %.
    </p>`;
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
