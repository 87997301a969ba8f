import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatAgo, formatMany, formatMoment } from '../core/format.ts';
import type { CountsModel } from '../model/counts-model.ts';
import { freshness } from '../model/metric.ts';
import { presenceOf } from '../model/presence.ts';
import { icons } from './icons.ts';
import { presencePill } from './presence-pill.ts';

/** What a device is and how it does, in one line under its name. */
export function deviceFacts(console: Console, device: string, counts: CountsModel | undefined): TemplateResult {
  const row = console.fleet.rows.get(device);
  const { zone } = console.preferences;
  const now = console.clock.now();
  const silent = row?.connected === true && freshness(now - row.lastSeen) === 'stale';
  return html`
    ${row === undefined
      ? html`<span class="pill">${icons.unknown}${console.fleet.loaded ? 'not registered' : 'looking it up'}</span>`
      : presencePill(row, now, zone)}
    ${silent ? html`<span class="pill warn">${icons.clock}silent, last reading ${row.lastSeen === 0 ? 'never' : formatAgo(now - row.lastSeen)}</span>` : nothing}
    ${row === undefined || row.title === device ? nothing : html`<span>${device}</span>`}
    ${row?.group ? html`<span>Group ${row.group}</span>` : nothing}
    ${row?.profile ? html`<span>Profile ${row.profile}</span>` : nothing}
    ${row?.since === undefined || presenceOf(row, now) === 'http' ? nothing : html`<span>since ${formatMoment(row.since, zone)}</span>`}
    ${repeated(counts, now)} ${late(counts, now)}
  `;
}

/** What to look at where its messages repeat. */
export function repeatsHint(counts: CountsModel | undefined): TemplateResult | typeof nothing {
  const repeats = counts?.repeats;
  return repeats?.hint === undefined
    ? nothing
    : html`<p class="hint" role="note">${icons.warning} ${repeats.hint} (Number 1 came again
        ${repeats.fromOne === 1 ? 'once' : formatMany(repeats.fromOne, 'time')}.)</p>`;
}

function repeated(counts: CountsModel | undefined, now: number): TemplateResult | typeof nothing {
  const repeats = counts?.repeats;
  if (repeats === undefined || repeats.messages === 0) {
    return nothing;
  }
  const last = repeats.last === undefined ? '' : `, last ${formatAgo(now - repeats.last)}`;
  return html`<span class="repeats" title="Their numbers had been counted before, so they were acknowledged and not
    counted again">${formatMany(repeats.messages, 'repeated message')}${last}</span>`;
}

function late(counts: CountsModel | undefined, now: number): TemplateResult | typeof nothing {
  const readings = counts?.late;
  if (readings === undefined || readings.readings === 0) {
    return nothing;
  }
  const last = readings.last === undefined ? '' : `, last ${formatAgo(now - readings.last)}`;
  return html`<span class="late-readings" title="A window that they belong to had closed when they came. They are stored, and
    missing in that window">${formatMany(readings.readings, 'late reading')}${last}</span>`;
}
