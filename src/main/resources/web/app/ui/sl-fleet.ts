import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatConflated, formatCount, formatMany } from '../core/format.ts';
import { NEW_DEVICE_HREF } from '../core/router.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import { fleetParameters, readFleetQuery } from '../model/fleet-address.ts';
import { EVERYTHING, FleetView, STATES } from '../model/fleet-view.ts';
import type { DeviceState, FleetQuery } from '../model/fleet-view.ts';
import { fleetTileStyles, fleetTiles } from './fleet-tiles.ts';
import { icons } from './icons.ts';
import { shared } from './shared.ts';
import './sl-fleet-table.ts';
import { Watching } from './watching.ts';

const STATE_LABELS: Readonly<Record<DeviceState, string>> = {
  all: 'All',
  connected: 'Connected',
  http: 'By HTTP',
  offline: 'Offline',
  silent: 'Silent',
  disabled: 'Disabled',
};
/** What the choice of a group says for every group; no group has this name. */
const ANY_GROUP = '*';

/** The fleet: the numbers of the whole, then every device. */
export class SluiceFleet extends LitElement {
  static override properties = {
    console: { attribute: false },
    parameters: { attribute: false },
  };

  declare console: Console;
  /** The address's. */
  declare parameters: URLSearchParams;
  #query: FleetQuery = EVERYTHING;
  readonly #view = new FleetView();
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    fleetTileStyles,
    css`
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
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('console')) {
      this.#watching.watch(this.console.fleet, this.console.rejects, this.console.live, this.console.way);
      this.console.way.start();
    }
    if (changed.has('parameters')) {
      this.#query = readFleetQuery(this.parameters);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Fleet · Sluice';
    if (this.hasUpdated) {
      this.console.way.start();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.console.way.stop();
  }

  override render(): TemplateResult {
    const { fleet, clock, rejects } = this.console;
    const counts = rejects.counts();
    const rows = this.#view.rows(fleet.rows.values(), fleet.revision, this.#query, { now: clock.now(), rejects: counts });
    return html`
      ${fleetTiles(this.console)}
      <div class="toolbar">
        <h1>Devices</h1>
        <label class="search">
          ${icons.search}<span class="hidden">Search devices</span>
          <input type="search" placeholder="Name, group, profile, metric" .value=${this.#query.text}
            @input=${(event: InputEvent) => this.#ask({ text: (event.target as HTMLInputElement).value })} />
        </label>
        ${this.#groups()}
        <div class="segments" role="group" aria-label="State">
          ${STATES.map(
            (state) => html`<button aria-pressed=${this.#query.state === state ? 'true' : 'false'}
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
            .query=${this.#query} .now=${clock.now()} .zone=${this.console.preferences.zone}
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
    const chosen = this.#query.group;
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
            <button class="button" @click=${() => this.#ask(EVERYTHING)}>Show all</button>`}
    </div>`;
  }

  #ask(change: Partial<FleetQuery>): void {
    this.console.router.show(fleetParameters({ ...this.#query, ...change }));
  }
}

customElements.define('sl-fleet', SluiceFleet);
