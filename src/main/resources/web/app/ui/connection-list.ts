import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatAge, formatMoment } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import type { ConnectionDto } from '../core/protocol.ts';

/** The device protocol, section 5, for people. */
const CLOSES: ReadonlyMap<number, string> = new Map([
  [1000, 'closed by the device'],
  [1001, 'the device went away'],
  [1002, 'broke the protocol'],
  [1003, 'broke the protocol'],
  [1006, 'lost'],
  [1007, 'text that is not UTF-8'],
  [1008, 'too many malformed or unfinished messages'],
  [1009, 'a message too big'],
  [1011, 'an error of the service'],
  [1012, 'the service restarted'],
  [1013, 'the service was overloaded'],
  [4401, 'token or certificate expired'],
  [4408, 'silent for a minute'],
  [4429, 'sent too fast for too long'],
  [4501, 'credential revoked'],
  [4503, 'device disabled'],
  [4509, 'another connection took over'],
]);

export const connectionStyles = css`
  .connections {
    width: 100%;
    border-collapse: collapse;
    font-size: 14px;
  }

  .connections :is(th, td) {
    padding: 8px 16px;
    text-align: start;
    vertical-align: baseline;
    border-bottom: 1px solid var(--line);
  }

  .connections th {
    font-size: 13px;
    font-weight: 550;
    color: var(--muted);
  }

  .connections tr:last-child td {
    border-bottom: 0;
  }

  @media (max-width: 560px) {
    .connections :is(th, td) {
      padding: 8px 10px;
    }
  }
`;

/** When a device was connected, and how that ended; nothing where none is known. */
export function connectionList(
  connections: readonly ConnectionDto[],
  isConnected: boolean,
  now: number,
  zone: Zone,
): TemplateResult | typeof nothing {
  return connections.length === 0
    ? nothing
    : html`<section>
        <h2 id="connections">Newest connections</h2>
        <div class="card"><table class="connections" aria-labelledby="connections">
          <thead><tr><th scope="col">Began</th><th scope="col">Lasted</th><th scope="col">Ended</th></tr></thead>
          <tbody>${connections.map((one, at) => row(one, isConnected && at === 0, now, zone))}</tbody>
        </table></div>
      </section>`;
}

function row({ since, until, closeCode }: ConnectionDto, open: boolean, now: number, zone: Zone): TemplateResult {
  const end = until ?? (open ? now : undefined);
  return html`<tr>
    <td class="number">${since === undefined ? 'earlier' : formatMoment(since, zone)}</td>
    <td class="number">${since === undefined || end === undefined ? '–' : formatAge(Math.max(0, end - since))}</td>
    <td>${until === undefined ? (open ? 'connected' : 'not told: its instance is gone') : html`${formatMoment(until, zone)},
      <span title="Close code ${closeCode ?? 'not told'}">${CLOSES.get(closeCode ?? 0) ?? `close code ${closeCode ?? 'not told'}`}</span>`}</td>
  </tr>`;
}
