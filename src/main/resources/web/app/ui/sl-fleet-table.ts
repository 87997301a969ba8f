import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { formatAgo, formatCount, formatMany, formatMoment, formatRate, formatSwitch, formatValue } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import { deviceHref, rejectsHref } from '../core/router.ts';
import { writtenUnit } from '../core/units.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import { sortedBy, visibleRange } from '../model/fleet-view.ts';
import type { FleetQuery, SortKey } from '../model/fleet-view.ts';
import { freshness } from '../model/metric.ts';
import type { Metric } from '../model/metric.ts';
import { CARDS_TO_PX, valuesShown } from './fleet-columns.ts';
import { fleetTableStyles } from './fleet-table-styles.ts';
import { icons } from './icons.ts';
import { presencePill } from './presence-pill.ts';
import { shared } from './shared.ts';
import './sl-sparkline.ts';

/** Up to this many rows stand in the page whole, so that printing and the browser's own search find all. */
const WHOLE = 120;
const SPARK_POINTS = 60;

const COLUMNS: readonly (readonly [SortKey | undefined, string, string])[] = [
  ['state', 'State', 'state'],
  ['device', 'Device', 'device'],
  ['group', 'Group', 'group'],
  [undefined, 'Values', 'values'],
  [undefined, 'Last minute', 'spark'],
  ['rate', 'Readings/s', 'rate'],
  ['rejects', 'Rejects', 'rejects'],
  ['seen', 'Last reading', 'seen'],
];


/** Rows of one height, of which only those in view are in the page when they are many. */
export class SluiceFleetTable extends LitElement {
  static override properties = {
    rows: { attribute: false },
    rejects: { attribute: false },
    isBoolean: { attribute: false },
    query: { attribute: false },
    now: { attribute: false },
    zone: { attribute: false },
  };

  declare rows: readonly DeviceRow[];
  /** How many of the newest are a device's. */
  declare rejects: ReadonlyMap<string, number>;
  declare isBoolean: (row: DeviceRow, metric: string) => boolean;
  declare query: FleetQuery;
  declare now: number;
  declare zone: Zone;
  readonly #narrow = window.matchMedia(`(max-width: ${CARDS_TO_PX}px)`);
  #scheduled = false;
  readonly #scrolled = (): void => {
    if (!this.#scheduled && this.rows.length > WHOLE) {
      this.#scheduled = true;
      requestAnimationFrame(() => {
        this.#scheduled = false;
        this.requestUpdate();
      });
    }
  };
  readonly #reshaped = (): void => this.requestUpdate();

  static override styles = [shared, fleetTableStyles];

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('scroll', this.#scrolled, { passive: true });
    addEventListener('resize', this.#scrolled, { passive: true });
    this.#narrow.addEventListener('change', this.#reshaped);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('scroll', this.#scrolled);
    removeEventListener('resize', this.#scrolled);
    this.#narrow.removeEventListener('change', this.#reshaped);
  }

  override render(): TemplateResult {
    const count = this.rows.length;
    const height = this.#narrow.matches ? 112 : 56;
    const top = this.renderRoot.querySelector('tbody')?.getBoundingClientRect().top ?? 0;
    const { from, to } =
      count <= WHOLE ? { from: 0, to: count } : visibleRange(count, height, top, window.innerHeight);
    return html`<div class="card">
      <table role="table" aria-rowcount=${count + 1} aria-label="Devices">
        <thead role="rowgroup"><tr role="row">${COLUMNS.map(([key, label, style]) => this.#header(key, label, style))}</tr></thead>
        <tbody role="rowgroup">
          ${this.#spacer(from * height)}
          ${repeat(
            this.rows.slice(from, to),
            (row) => row.id,
            (row, index) => this.#row(row, from + index + 2),
          )}
          ${this.#spacer((count - to) * height)}
        </tbody>
      </table>
    </div>`;
  }

  /** Height through the DOM, not by a style attribute: the page's policy allows none. */
  #spacer(height: number): TemplateResult | typeof nothing {
    return height === 0
      ? nothing
      : html`<tr class="spacer" aria-hidden="true"><td .style=${`height:${height}px`}></td></tr>`;
  }

  #header(key: SortKey | undefined, label: string, style: string): TemplateResult {
    if (key === undefined) {
      return html`<th class=${style} role="columnheader" scope="col">${label}</th>`;
    }
    const active = this.query.sort === key;
    const direction = active ? (this.query.descending ? 'descending' : 'ascending') : 'none';
    return html`<th class=${style} role="columnheader" scope="col" aria-sort=${direction}>
      <button @click=${() => this.#sort(key)}>${label}${active ? (this.query.descending ? icons.down : icons.up) : nothing}</button>
    </th>`;
  }

  #row(row: DeviceRow, index: number): TemplateResult {
    const metrics = [...row.metrics.values()];
    const age = this.now - row.lastSeen;
    const fresh = freshness(age);
    return html`<tr class="row" role="row" aria-rowindex=${index} data-device=${row.id}>
      <td class="state" role="cell">${presencePill(row, this.now, this.zone)}</td>
      <td class="device" role="cell">
        <a href=${deviceHref(row.id)}>${row.title}</a>
        <span class="muted">${this.#subtitle(row, age)}</span>
      </td>
      <td class="group" role="cell">${row.group === '' ? html`<span class="muted">none</span>` : row.group}</td>
      <td class="values" role="cell">
        ${metrics.length === 0 ? html`<span class="muted">no readings yet</span>` : this.#values(row, metrics)}
      </td>
      <td class="spark" role="cell">${this.#spark(metrics, fresh)}</td>
      <td class="rate number" role="cell">${formatRate(row.readings.perSecond(this.now))}</td>
      <td class="rejects number" role="cell">${this.#rejected(row)}</td>
      <td class="seen number ${fresh === 'live' ? '' : 'late'}" role="cell"
        title=${row.lastSeen === 0 ? '' : formatMoment(row.lastSeen, this.zone)}>
        ${row.lastSeen === 0 ? html`<span class="muted">never</span>` : html`${fresh === 'live' ? nothing : icons.clock} ${formatAgo(age)}`}
      </td>
    </tr>`;
  }

  #rejected(row: DeviceRow): TemplateResult | string {
    const count = this.rejects.get(row.id) ?? 0;
    return count === 0
      ? '0'
      : html`<a href=${rejectsHref(row.id)} title="of the newest rejects that this page knows">${icons.warning} ${formatCount(count)}</a>`;
  }

  #subtitle(row: DeviceRow, age: number): string {
    const parts = row.name === '' || row.name === row.id ? [] : [row.id];
    if (this.#narrow.matches) {
      // What matters most first: the line is cut where it has no room.
      const rejected = this.rejects.get(row.id) ?? 0;
      if (rejected > 0) {
        parts.push(formatMany(rejected, 'reject'));
      }
      parts.push(row.lastSeen === 0 ? 'never heard of' : formatAgo(age));
      if (row.group !== '') {
        parts.push(row.group);
      }
      parts.push(`${formatRate(row.readings.perSecond(this.now))} readings/s`);
    } else if (row.profile !== '' && row.profile !== 'default') {
      parts.push(row.profile);
    }
    return parts.join(' · ');
  }

  #values(row: DeviceRow, metrics: readonly Metric[]): TemplateResult {
    const sorted = metrics.toSorted((a, b) => a.name.localeCompare(b.name));
    const shown = sorted.slice(0, valuesShown(window.innerWidth));
    return html`<dl class="list">
      ${shown.map((metric) => {
        const stale = freshness(this.now - metric.heardAt) === 'stale';
        return html`<div class="value ${stale ? 'stale' : ''}"
          title="${metric.name}, ${formatAgo(this.now - metric.heardAt)}">
          <dt>${metric.name}</dt>
          <dd>${this.isBoolean(row, metric.name) ? formatSwitch(metric.value) : formatValue(metric.value)} <small>${writtenUnit(metric.unit)}</small></dd>
        </div>`;
      })}
      ${sorted.length > shown.length ? html`<div class="more">+${sorted.length - shown.length}</div>` : nothing}
    </dl>`;
  }

  #spark(metrics: readonly Metric[], fresh: string): TemplateResult | typeof nothing {
    const first = metrics.toSorted((a, b) => a.name.localeCompare(b.name)).find((metric) => metric.series.length > 1);
    return first === undefined
      ? nothing
      : html`<sl-sparkline class=${fresh} .values=${first.series.mean.slice(-SPARK_POINTS)} title=${first.name}></sl-sparkline>`;
  }

  #sort(key: SortKey): void {
    this.dispatchEvent(new CustomEvent<Partial<FleetQuery>>('sl-sort', { detail: sortedBy(this.query, key) }));
  }
}

customElements.define('sl-fleet-table', SluiceFleetTable);
