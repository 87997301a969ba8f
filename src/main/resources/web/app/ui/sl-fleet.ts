import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatConflated, formatCount, formatMany, formatRate } from '../core/format.ts';
import { NEW_DEVICE_HREF, REJECTS_HREF } from '../core/router.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import { EVERYTHING, FleetView, STATES, isSilent } from '../model/fleet-view.ts';
import type { DeviceState, FleetQuery } from '../model/fleet-view.ts';
import { freshness } from '../model/metric.ts';
import { icons } from './icons.ts';
import { shared } from './shared.ts';
import './sl-fleet-table.ts';
import './sl-sparkline.ts';
import { Watching } from './watching.ts';

const STATE_LABELS: Readonly<Record<DeviceState, string>> = {
  all: 'All',
  connected: 'Connected',
  offline: 'Offline',
  silent: 'Silent',
  disabled: 'Disabled',
};
/** What the choice of a group says for every group; no group has this name. */
const ANY_GROUP = '*';

/** The fleet: the numbers of the whole, then every device. */
export class SluiceFleet extends LitElement {
  static override properties = { console: { attribute: false }, query: { state: true } };

  declare console: Console;
  declare query: FleetQuery;
  readonly #view = new FleetView();
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    css`
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(220px, 1fr));
        gap: 12px;
        margin-bottom: 16px;
      }

      .tile {
        position: relative;
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: end;
        align-content: space-between;
        gap: 2px 12px;
        padding: 14px 18px;
        min-height: 96px;
      }

      .tile h2 {
        grid-column: 1 / -1;
        margin: 0;
        font-size: 13px;
        font-weight: 550;
        color: var(--muted);
      }

      .tile .big {
        font-size: clamp(26px, 2.2vw, 40px);
        line-height: 1.15;
        font-weight: 600;
        letter-spacing: -0.02em;
        white-space: nowrap;
      }

      .tile.whole .big {
        display: flex;
        align-items: center;
        gap: 10px;
        grid-column: 1 / -1;
      }

      .tile.whole .big small {
        font-size: 13px;
        line-height: 1.25;
        white-space: normal;
      }

      .tile .big small {
        font-size: 15px;
        font-weight: 450;
        letter-spacing: 0;
        color: var(--muted);
      }

      .tile :is(sl-sparkline, .bar) {
        justify-self: end;
        width: 100%;
        max-width: 120px;
      }

      .tile sl-sparkline {
        height: 38px;
      }

      .bar {
        height: 6px;
        margin-bottom: 12px;
        border-radius: 3px;
        background: var(--line);
        overflow: hidden;
      }

      .bar div {
        height: 100%;
        border-radius: 3px;
        background: var(--accent);
      }

      .toolbar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 10px 16px;
        margin-bottom: 12px;
      }

      h1 {
        margin: 0;
        font-size: 20px;
        letter-spacing: -0.01em;
      }

      .search {
        position: relative;
        flex: 1 1 200px;
        max-width: 380px;
      }

      .search .icon {
        position: absolute;
        left: 11px;
        top: 11px;
        color: var(--muted);
      }

      .search input {
        width: 100%;
        min-height: 38px;
        padding: 0 12px 0 34px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--surface);
      }

      .choice select {
        min-height: 38px;
        max-width: 220px;
        padding: 0 10px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--surface);
      }

      .segments {
        max-width: 100%;
        overflow-x: auto;
      }

      .note {
        display: flex;
        gap: 8px;
        padding: 10px 14px;
        margin-bottom: 12px;
        border-radius: 8px;
        background: var(--warn-soft);
        color: var(--warn);
      }

      .note .icon {
        margin-top: 3px;
      }

      .empty {
        padding: 48px 24px;
        text-align: center;
      }

      footer {
        padding: 12px 4px;
        font-size: 13px;
      }

      @media (max-width: 560px) {
        .tiles {
          grid-template-columns: 1fr 1fr;
          gap: 8px;
        }

        .tile {
          grid-template-columns: 1fr;
          padding: 12px 14px;
          min-height: 0;
        }

        .tile :is(sl-sparkline, .bar) {
          max-width: none;
        }

        .tile sl-sparkline {
          height: 26px;
        }

        .tile .big small {
          font-size: 13px;
          white-space: normal;
        }

        .bar {
          margin: 6px 0 4px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.query = EVERYTHING;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('console')) {
      this.#watching.watch(this.console.fleet, this.console.rejects, this.console.live);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Fleet · Sluice';
  }

  override render(): TemplateResult {
    const { fleet, clock, rejects } = this.console;
    const counts = rejects.counts();
    const rows = this.#view.rows(fleet.rows.values(), fleet.revision, this.query, { now: clock.now(), rejects: counts });
    return html`
      ${this.#tiles()}
      <div class="toolbar">
        <h1>Devices</h1>
        <label class="search">
          ${icons.search}<span class="hidden">Search devices</span>
          <input type="search" placeholder="Name, group, profile, metric" .value=${this.query.text}
            @input=${(event: InputEvent) => this.#ask({ text: (event.target as HTMLInputElement).value })} />
        </label>
        ${this.#groups()}
        <div class="segments" role="group" aria-label="State">
          ${STATES.map(
            (state) => html`<button aria-pressed=${this.query.state === state ? 'true' : 'false'}
              @click=${() => this.#ask({ state })}>${STATE_LABELS[state]}</button>`,
          )}
        </div>
      </div>
      ${fleet.problem === undefined
        ? nothing
        : html`<div class="note" role="alert">${icons.warning}
            <span>The list of devices could not be read: ${fleet.problem}
            <button class="button" @click=${() => void fleet.load()}>Try again</button></span></div>`}
      ${rows.length === 0
        ? this.#empty()
        : html`<sl-fleet-table .rows=${rows} .rejects=${counts} .isBoolean=${(row: DeviceRow, metric: string) => fleet.isBoolean(row, metric)}
            .query=${this.query} .now=${clock.now()} .zone=${this.console.preferences.zone}
            @sl-sort=${(event: CustomEvent<Partial<FleetQuery>>) => this.#ask(event.detail)}></sl-fleet-table>`}
      <footer class="muted">
        ${rows.length === fleet.rows.size
          ? formatMany(rows.length, 'device')
          : `${formatCount(rows.length)} of ${formatMany(fleet.rows.size, 'device')}`}.
        Values move up to four times a second${fleet.conflated === 0
          ? ''
          : `; ${formatConflated(fleet.conflated)}`}.
      </footer>
    `;
  }

  #groups(): TemplateResult | typeof nothing {
    const groups = new Set<string>();
    for (const row of this.console.fleet.rows.values()) {
      groups.add(row.group);
    }
    const chosen = this.query.group;
    if (groups.size < 2 && chosen === undefined) {
      return nothing;
    }
    const names = [...groups].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    return html`<label class="choice"><span class="hidden">Group</span>
      <select name="group" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
        <option value=${ANY_GROUP} ?selected=${chosen === undefined}>All groups</option>
        ${names.map((name) => html`<option value=${name} ?selected=${name === chosen}>${name === '' ? 'In no group' : name}</option>`)}
      </select></label>`;
  }

  #choose(group: string): void {
    this.#ask({ group: group === ANY_GROUP ? undefined : group });
  }

  #tiles(): TemplateResult {
    const { fleet, rejects, clock } = this.console;
    const now = clock.now();
    const connected = fleet.connectedCount();
    let values = 0;
    let fresh = 0;
    let silent = 0;
    for (const row of fleet.rows.values()) {
      for (const metric of row.metrics.values()) {
        values += 1;
        fresh += freshness(now - metric.heardAt) === 'stale' ? 0 : 1;
      }
      silent += isSilent(row, now) ? 1 : 0;
    }
    return html`<section class="tiles" aria-label="The fleet in numbers">
      <div class="card tile">
        <h2>Connected</h2>
        <div class="big number" data-test="connected">${formatCount(connected)} <small>of ${formatCount(fleet.rows.size)}</small></div>
        ${bar(connected, fleet.rows.size)}
      </div>
      <div class="card tile">
        <h2>Readings per second</h2>
        <div class="big number" data-test="rate">${formatRate(fleet.readings.perSecond(now))}</div>
        <sl-sparkline .values=${fleet.readings.history(now)}></sl-sparkline>
      </div>
      <div class="card tile">
        <h2>Moving values</h2>
        <div class="big number">${formatCount(fresh)} <small>of ${formatCount(values)}</small></div>
        ${bar(fresh, values)}
      </div>
      <div class="card tile">
        <h2><a href=${REJECTS_HREF}>Rejects per second</a></h2>
        <div class="big number" data-test="rejects">${formatRate(rejects.rate.perSecond(now))}</div>
        <sl-sparkline .values=${rejects.rate.history(now)}></sl-sparkline>
      </div>
      <div class="card tile whole">
        <h2>Way to this page</h2>
        <div class="big number" data-test="lag">${this.#lag()}</div>
      </div>
      <div class="card tile whole">
        <h2>Silent</h2>
        <div class="big number">${formatCount(silent)} <small>connected, 30 s without news</small></div>
      </div>
    </section>`;
  }

  /** The stream tells it once, at its opening. */
  #lag(): TemplateResult {
    const { welcome } = this.console.live;
    return welcome?.lagMs === undefined || welcome.lagMs === 0
      ? html`– <small>not known: no reading was on its way when this connection opened</small>`
      : html`${formatCount(welcome.lagMs)} <small>ms from a reading’s arrival, p95, when this connection opened</small>`;
  }

  #empty(): TemplateResult {
    const { fleet } = this.console;
    if (!fleet.loaded) {
      return html`<div class="card empty muted" role="status">Reading the list of devices …</div>`;
    }
    return html`<div class="card empty">
      ${fleet.rows.size === 0
        ? html`<p>No device is registered yet.</p>
            <p class="muted">An administrator makes <a href=${NEW_DEVICE_HREF}>a new device</a>; it appears here at once.</p>`
        : html`<p>No device matches.</p>
            <button class="button" @click=${() => (this.query = { ...EVERYTHING })}>Show all</button>`}
    </div>`;
  }

  #ask(change: Partial<FleetQuery>): void {
    this.query = { ...this.query, ...change };
  }
}

/** For the eye: the numbers stand beside it. */
function bar(part: number, whole: number): TemplateResult {
  const share = whole === 0 ? 0 : (100 * part) / whole;
  return html`<div class="bar" aria-hidden="true"><div .style=${`width:${share}%`}></div></div>`;
}

customElements.define('sl-fleet', SluiceFleet);
