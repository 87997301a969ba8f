import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Api } from '../core/api.ts';
import { formatAgo, formatCount, formatMany, formatMoment } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import type { RejectDto, RejectItem } from '../core/protocol.ts';
import { asProblem } from '../core/rest.ts';
import { deviceHref } from '../core/router.ts';
import { recordTimes } from '../model/record-times.ts';
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
    api: { attribute: false },
    open: { state: true },
    found: { state: true },
  };

  declare items: readonly RejectItem[];
  declare now: number;
  declare zone: Zone;
  /** Leaves the device's name out. */
  declare ofOneDevice: boolean;
  declare api: Api;
  /** Whose content is shown. */
  declare open: string | undefined;
  /** That content, or why there is none; undefined until the service has answered. */
  declare found: TemplateResult | undefined;

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
        align-items: center;
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

      .what {
        min-height: 24px;
        padding: 0;
        border: 0;
        background: none;
        color: var(--accent);
        text-decoration: underline;
        cursor: pointer;
      }

      .content {
        grid-column: 1 / -1;
        min-width: 0;
        font-size: 13px;
        color: var(--muted);
      }

      pre {
        max-height: 320px;
        margin: 4px 0;
        padding: 10px 12px;
        overflow: auto;
        border-radius: 8px;
        background: var(--ground);
        color: var(--ink);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
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
      ${repeat(this.items, keyOf, (reject) => this.#reject(reject))}
    </ul>`;
  }

  #reject(reject: RejectItem): TemplateResult {
    return html`<li class=${this.ofOneDevice ? 'one' : ''} data-code=${reject.code}>
      <span><span class="pill bad" title=${reject.code}>${icons.disabled}${codeInWords(reject.code)}</span></span>
      ${this.ofOneDevice ? nothing : html`<a class="device" href=${deviceHref(reject.device)}>${reject.device}</a>`}
      <span class="detail">${reject.detail ?? ''} ${this.#toggle(reject)}</span>
      <span class="when number" title=${formatMoment(reject.received, this.zone)}>${formatAgo(this.now - reject.received)}</span>
      ${this.open === keyOf(reject) ? html`<div class="content" role="status">${this.found ?? 'Asking …'}</div>` : nothing}
    </li>`;
  }

  #toggle(reject: RejectItem): TemplateResult {
    const open = this.open === keyOf(reject);
    return html`<button class="what" title=${whatOf(reject)}
      @click=${() => void this.#show(open ? undefined : reject)}>${open ? 'Hide' : 'Show'} the ${thingOf(reject)}</button>`;
  }

  async #show(reject: RejectItem | undefined): Promise<void> {
    const key = reject === undefined ? undefined : keyOf(reject);
    this.open = key;
    this.found = undefined;
    if (reject === undefined) {
      return;
    }
    const found = await this.api.reject(reject).then(
      (known) => contentOf(known, this.zone),
      (thrown: unknown) => html`${asProblem(thrown).message}`,
    );
    if (this.open === key) {
      this.found = found;
    }
  }
}

function keyOf(reject: RejectItem): string {
  return [reject.device, reject.epoch, reject.seq, reject.code, reject.received].join(' ');
}

function contentOf(reject: RejectDto | undefined, zone: Zone): TemplateResult {
  if (reject?.content === undefined) {
    return html`The service does not have it any more; it is in the topic of the dead letters.`;
  }
  const isJson = reject.contentType === 'application/senml+json';
  const shown = isJson ? new TextEncoder().encode(reject.content).length : reject.content.length / 2;
  const all = reject.contentBytes ?? shown;
  const times = isJson ? recordTimes(reject.content) : [];
  return html`<pre tabindex="0" aria-label="What was refused">${reject.content}</pre>
    ${times.length === 0 ? nothing : `${times.length === 1 ? 'Time' : 'Times'}: ${times.map((time) => formatMoment(time, zone)).join('; ')}. `}
    ${isJson ? '' : `${reject.contentType ?? 'Octets'}, in hexadecimal digits. `}${all > shown
      ? `The first ${formatCount(shown)} of ${formatMany(all, 'octet')}.`
      : nothing}`;
}

function thingOf({ records }: RejectItem): string {
  return records === undefined ? 'message' : records === 1 ? 'record' : formatMany(records, 'record');
}

function whatOf(reject: RejectItem): string {
  if (reject.records === undefined) {
    return reject.seq === undefined ? 'the whole message' : `the whole message ${reject.seq}`;
  }
  const records = formatMany(reject.records, 'record');
  return reject.seq === undefined ? records : `${records} of message ${reject.seq}`;
}

customElements.define('sl-reject-list', SluiceRejectList);
