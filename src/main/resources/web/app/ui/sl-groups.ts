import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatAgo, formatCount, formatMany, formatShare, formatValue } from '../core/format.ts';
import { groupHref } from '../core/router.ts';
import { writtenUnit } from '../core/units.ts';
import type { GroupsModel } from '../model/groups-model.ts';
import { freshness } from '../model/metric.ts';
import type { Metric } from '../model/metric.ts';
import { shared } from './shared.ts';
import { Watching } from './watching.ts';

const METRICS_SHOWN = 8;
const WINDOW_MS = 1000;

interface Members {
  devices: number;
  connected: number;
}

/** Every group: how many of its devices are there, and the mean of each of its metrics. */
export class SluiceGroups extends LitElement {
  static override properties = { console: { attribute: false } };

  declare console: Console;
  #model: GroupsModel | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    css`
      h1 {
        margin: 0 0 12px;
        font-size: 20px;
        letter-spacing: -0.01em;
      }

      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 320px), 1fr));
        gap: 14px;
      }

      article {
        padding: 14px 18px;
      }

      h2 {
        margin: 0;
        font-size: 17px;
        overflow-wrap: anywhere;
      }

      article p {
        margin: 10px 0 0;
        font-size: 13px;
      }

      dl {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 3px 12px;
        margin: 2px 0 0;
      }

      dt {
        color: var(--muted);
        overflow-wrap: anywhere;
      }

      dd {
        margin: 0;
        text-align: end;
      }

      .stale {
        color: var(--muted);
      }

      .empty {
        padding: 48px 24px;
        text-align: center;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#model?.stop();
    this.#model = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('console') || this.#model === undefined) {
      this.#model?.stop();
      const model = this.console.groups();
      this.#model = model;
      model.start();
      this.#watching.watch(model, this.console.fleet);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Groups · Sluice';
  }

  override render(): TemplateResult {
    const groups = [...this.#members()].sort(([a], [b]) => a.localeCompare(b, undefined, { numeric: true }));
    return html`
      <h1>Groups</h1>
      ${groups.length === 0
        ? html`<div class="card empty"><p>No device is in a group.</p>
            <p class="muted">A device is put into one when it is made, or by a change of it.</p></div>`
        : html`<div class="grid">${groups.map(([name, members]) => this.#group(name, members))}</div>`}
    `;
  }

  #members(): Map<string, Members> {
    const groups = new Map<string, Members>();
    for (const row of this.console.fleet.rows.values()) {
      if (row.group !== '') {
        const members = groups.get(row.group) ?? { devices: 0, connected: 0 };
        members.devices += 1;
        members.connected += row.connected === true ? 1 : 0;
        groups.set(row.group, members);
      }
    }
    return groups;
  }

  #group(name: string, members: Members): TemplateResult {
    const metrics = [...(this.#model?.groups.get(name)?.values() ?? [])].sort((a, b) => a.name.localeCompare(b.name));
    const more = metrics.length - METRICS_SHOWN;
    return html`<article class="card" data-group=${name}>
      <h2><a href=${groupHref(name)}>${name}</a></h2>
      <span class="muted number">${formatMany(members.devices, 'device')}, ${formatCount(members.connected)} connected</span>
      ${metrics.length === 0
        ? html`<p class="muted">no readings yet</p>`
        : html`<p class="muted">Means of the last second</p>
          <dl class="number">${metrics.slice(0, METRICS_SHOWN).map((metric) => this.#metric(name, metric))}</dl>`}
      ${more > 0 ? html`<span class="muted">and ${formatMany(more, 'more metric')}</span>` : nothing}
    </article>`;
  }

  #metric(group: string, metric: Metric): TemplateResult {
    const now = this.console.clock.now();
    const age = now - metric.heardAt;
    const at = metric.lastWhole(WINDOW_MS, now);
    const mean = metric.series.mean[at];
    const count = formatMany(metric.series.count[at] ?? 0, 'reading');
    return html`<dt>${metric.name}</dt>
      <dd class=${freshness(age) === 'stale' ? 'stale' : ''} title="mean of ${count}, the newest ${formatAgo(age)}">
        ${this.console.fleet.isGroupBoolean(group, metric.name)
          ? formatShare(mean)
          : html`${formatValue(mean)} <small>${writtenUnit(metric.unit)}</small>`}
      </dd>`;
  }
}

customElements.define('sl-groups', SluiceGroups);
