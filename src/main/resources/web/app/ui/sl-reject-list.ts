import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatAgo, formatMany, formatMoment } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import type { RejectItem } from '../core/protocol.ts';
import { deviceHref } from '../core/router.ts';
import { icons } from './icons.ts';
import { shared } from './shared.ts';

/** The codes of the device protocol, section 3, for people. */
const IN_WORDS: ReadonlyMap<string, string> = new Map(Object.entries({
  malformed: 'not SenML',
  'too-many-records': 'too many records',
  'too-large': 'too large',
  'unknown-metric': 'unknown metric',
  'too-many-metrics': 'too many metrics',
  'wrong-unit': 'wrong unit',
  'wrong-type': 'wrong type',
  'out-of-range': 'out of range',
  'future-time': 'from the future',
  'stale-time': 'too old',
}));

export function codeInWords(code: string): string {
  return IN_WORDS.get(code) ?? code;
}

/** Rejects, the newest first: what was wrong, of whom, when. */
export class SluiceRejectList extends LitElement {
  static override properties = {
    items: { attribute: false },
    now: { attribute: false },
    zone: { attribute: false },
    ofOneDevice: { attribute: false },
  };

  declare items: readonly RejectItem[];
  declare now: number;
  declare zone: Zone;
  /** Leaves the device's name out. */
  declare ofOneDevice: boolean;

  static override styles = [
    shared,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: minmax(120px, 170px) minmax(90px, 200px) 1fr auto;
        gap: 2px 16px;
        align-items: baseline;
        padding: 9px 16px;
        border-bottom: 1px solid var(--line);
      }

      li:last-child {
        border-bottom: 0;
      }

      li.one {
        grid-template-columns: minmax(120px, 170px) 1fr auto;
      }

      .device,
      .detail {
        overflow-wrap: anywhere;
      }

      .when {
        font-size: 13px;
        color: var(--muted);
        text-align: end;
      }

      @media (max-width: 760px) {
        li,
        li.one {
          grid-template-columns: 1fr auto;
        }

        .device,
        .detail {
          grid-column: 1 / -1;
          grid-row: auto;
        }

        .when {
          grid-row: 1;
          grid-column: 2;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.ofOneDevice = false;
  }

  override render(): TemplateResult {
    return html`<ul class="card" aria-label="Rejects, the newest first">
      ${this.items.map((reject) => this.#reject(reject))}
    </ul>`;
  }

  #reject(reject: RejectItem): TemplateResult {
    return html`<li class=${this.ofOneDevice ? 'one' : ''} data-code=${reject.code}>
      <span><span class="pill bad" title=${reject.code}>${icons.disabled}${codeInWords(reject.code)}</span></span>
      ${this.ofOneDevice ? nothing : html`<a class="device" href=${deviceHref(reject.device)}>${reject.device}</a>`}
      <span class="detail">${reject.detail ?? ''} <span class="muted">${whatOf(reject)}</span></span>
      <span class="when number" title=${formatMoment(reject.received, this.zone)}>${formatAgo(this.now - reject.received)}</span>
    </li>`;
  }
}

function whatOf(reject: RejectItem): string {
  const what = reject.records === undefined ? 'the whole message' : formatMany(reject.records, 'record');
  return reject.seq === undefined ? `(${what})` : `(${what} of message ${reject.seq})`;
}

customElements.define('sl-reject-list', SluiceRejectList);
