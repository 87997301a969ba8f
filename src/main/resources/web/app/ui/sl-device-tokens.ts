import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatAgo, formatMoment } from '../core/format.ts';
import type { TokenDto } from '../core/protocol.ts';
import { asProblem } from '../core/rest.ts';
import type { Problem } from '../core/rest.ts';
import { formStyles, given, problemNote } from './forms.ts';
import { shared } from './shared.ts';
import './sl-token.ts';

const GRACES: readonly (readonly [number, string])[] = [
  [0, 'at once'],
  [3600, 'in an hour'],
  [86_400, 'in a day'],
  [604_800, 'in a week'],
  [2_592_000, 'in 30 days'],
];
const VALIDITIES: readonly (readonly [number, string])[] = [
  [0, 'without an end'],
  [86_400, 'for a day'],
  [2_592_000, 'for 30 days'],
  [31_536_000, 'for a year'],
];

/** A device's tokens: which there are, another one in their place, an end to all of them. */
export class SluiceDeviceTokens extends LitElement {
  static override properties = {
    console: { attribute: false },
    device: { attribute: false },
    tokens: { attribute: false },
    made: { state: true },
    asking: { state: true },
    revoked: { state: true },
    problem: { state: true },
  };

  declare console: Console;
  declare device: string;
  declare tokens: readonly TokenDto[];
  declare made: string | undefined;
  /** Whether it was asked to end them all, which wants to be said twice. */
  declare asking: boolean;
  declare revoked: boolean;
  declare problem: Problem | undefined;

  static override styles = [shared, formStyles];

  constructor() {
    super();
    this.asking = false;
    this.revoked = false;
  }

  override render(): TemplateResult {
    // What ends them all is valid itself for a second yet.
    const tokens = this.revoked ? [] : this.tokens;
    return html`<section class="card sheet" aria-labelledby="tokens">
      <h2 id="tokens">Tokens</h2>
      ${problemNote(this.problem)}
      ${tokens.length === 0
        ? html`<p>It has no token that is valid: it cannot connect with one.</p>`
        : html`<table>
            <thead><tr><th scope="col">Made</th><th scope="col">Last used</th><th scope="col">Ends</th></tr></thead>
            <tbody>${tokens.map((token) => this.#token(token))}</tbody>
          </table>`}
      ${this.made === undefined
        ? nothing
        : html`<div role="status"><sl-token .device=${this.device} .token=${this.made}></sl-token></div>`}
      ${this.revoked ? html`<p class="done" role="status">All of its tokens have ended.</p>` : nothing}
      ${this.#another()}
      ${tokens.length === 0 ? nothing : this.#revoke()}
    </section>`;
  }

  #token(token: TokenDto): TemplateResult {
    const { clock, preferences } = this.console;
    const moment = (ms: number): string => formatMoment(ms, preferences.zone);
    return html`<tr data-test="token-row">
      <td>${moment(token.created)}</td>
      <td title=${token.lastUsed === undefined ? '' : moment(token.lastUsed)}>
        ${token.lastUsed === undefined ? 'not yet' : formatAgo(clock.now() - token.lastUsed)}</td>
      <td>${token.ends === undefined ? 'never' : moment(token.ends)}</td>
    </tr>`;
  }

  #another(): TemplateResult {
    return html`<form class="row" @submit=${(event: SubmitEvent) => void this.#replace(event)}>
      <label>The old ones end
        <select name="grace">${GRACES.map(([seconds, words]) => html`<option value=${seconds}>${words}</option>`)}</select>
      </label>
      <label>The new one lasts
        <select name="valid">${VALIDITIES.map(([seconds, words]) => html`<option value=${seconds}>${words}</option>`)}</select>
      </label>
      <button class="button">Issue another token</button>
    </form>`;
  }

  #revoke(): TemplateResult {
    return this.asking
      ? html`<div class="note" role="alert">
          <span>The device is cut off and stays out until it gets another token.</span>
          <button class="button danger" @click=${() => void this.#end()}>Yes, end them all</button>
          <button class="button" @click=${() => (this.asking = false)}>No</button>
        </div>`
      : html`<div><button class="button danger" @click=${() => (this.asking = true)}>Revoke all tokens</button></div>`;
  }

  async #replace(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const valid = Number(given(form, 'valid'));
    await this.#try(async () => {
      this.made = await this.console.administration.replaceToken(this.device, {
        grace: Number(given(form, 'grace')),
        valid: valid === 0 ? undefined : valid,
      });
    });
  }

  async #end(): Promise<void> {
    await this.#try(async () => {
      await this.console.administration.revokeTokens(this.device);
      this.revoked = true;
    });
  }

  async #try(change: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    this.made = undefined;
    this.revoked = false;
    this.asking = false;
    try {
      await change();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.dispatchEvent(new CustomEvent('sl-changed'));
  }
}

customElements.define('sl-device-tokens', SluiceDeviceTokens);
