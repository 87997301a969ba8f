import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { formatAge, formatMoment } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import type { DeviceRow } from '../model/fleet-model.ts';
import { presenceOf } from '../model/presence.ts';
import { icons } from './icons.ts';

/** How a device is there, in two words and a sign; more of it in the title. */
export function presencePill(row: DeviceRow, now: number, zone: Zone): TemplateResult {
  const moment = (ms: number | undefined): string => (ms === undefined ? '' : formatMoment(ms, zone));
  switch (presenceOf(row, now)) {
    case 'disabled':
      return html`<span class="pill bad">${icons.disabled}disabled</span>`;
    case 'connected':
      return html`<span class="pill good" title="since ${moment(row.since)}">${icons.connected}connected</span>`;
    case 'http':
      return html`<span class="pill good" title="It sends over HTTP and holds no connection">${icons.http}by HTTP</span>`;
    case 'offline': {
      const age = row.since === undefined ? '' : ` ${formatAge(now - row.since)}`;
      const code = row.closeCode === undefined ? '' : `, close code ${row.closeCode}`;
      return html`<span class="pill" title="since ${moment(row.since)}${code}">${icons.offline}offline${age}</span>`;
    }
    case 'quiet':
      return html`<span class="pill" title="It holds no connection; last reading ${moment(row.lastSeen)}">
        ${icons.clock}quiet ${formatAge(now - row.lastSeen)}</span>`;
    case 'unseen':
      return html`<span class="pill" title="It was never connected and sent nothing, as far as is known">
        ${icons.unknown}not seen</span>`;
  }
}
