import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatAgo, formatMoment } from '../core/format.ts';
import type { Replacement } from '../core/administration.ts';
import type { TokenDto } from '../core/protocol.ts';
import { asProblem } from '../core/rest.ts';
import type { Problem } from '../core/rest.ts';
import { keepFocus } from './focus.ts';
import { formStyles, given, problemNote, sureNote } from './forms.ts';
import { shared } from './shared.ts';
import './sl-token.ts';

/** What is chosen at first: time enough to bring the new one to the device. */
const USUAL_GRACE = 3600;
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

/** The buttons that ask. */
const REPLACE = '.replace';
const REVOKE = '.revoke';

/** A device's tokens: which there are, another one in their place, an end to all of them. */
export class SluiceDeviceTokens extends LitElement {
  static override properties = {
    console: { attribute: false },
    device: { attribute: false },
    tokens: { attribute: false },
    made: { state: true },
    asking: { state: true },
    ended: { state: true },
    revoked: { state: true },
    problem: { state: true },
  };

  declare console: Console;
  declare device: string;
  declare tokens: readonly TokenDto[];
  declare made: string | undefined;
  /** What cuts the device off and so wants to be said twice: an end to them all, or to the old ones at once. */
  declare asking: 'revoke' | Replacement | undefined;
  /** What became of the old ones, in words. */
  declare ended: string | undefined;
  declare revoked: boolean;
  declare problem: Problem | undefined;

  static override styles = [
    shared,
    formStyles,
    css`
      .made {
        display: grid;
        gap: 14px;
      }
    `,
  ];

  constructor() {
    super();
    this.revoked = false;
  }

  override render(): TemplateResult {
    const tokens = this.#valid;
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
        : html`<div class="made" role="status">${this.ended === undefined ? nothing : html`<p class="done">${this.ended}</p>`}
            <sl-token .device=${this.device} .token=${this.made}></sl-token></div>`}
      ${this.revoked ? html`<p class="done revoked" role="status" tabindex="-1">All of its tokens have ended.</p>` : nothing}
      ${this.#another(tokens.length)}
      ${tokens.length === 0 ? nothing : this.#revoke()}
    </section>`;
  }

  /** What ends them all is valid itself for a second yet. */
  get #valid(): readonly TokenDto[] {
    return this.revoked ? [] : this.tokens;
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

  #another(count: number): TemplateResult {
    const { asking } = this;
    const isAsking = typeof asking === 'object';
    // What is chosen in the form stays chosen, whatever the answer.
    return html`${isAsking
      ? this.#sure('The device is cut off until it has the new token.', 'Yes, replace it', () => this.#replace(asking), REPLACE)
      : nothing}
    <form class="row" ?hidden=${isAsking} @submit=${(event: SubmitEvent) => this.#submit(event)}>
      <label>The old ${count > 1 ? 'ones end' : 'one ends'}
        <select name="grace">${GRACES.map(([seconds, words]) => html`<option value=${seconds} ?selected=${seconds === USUAL_GRACE}>${words}</option>`)}</select>
      </label>
      <label>The new one lasts
        <select name="valid">${VALIDITIES.map(([seconds, words]) => html`<option value=${seconds}>${words}</option>`)}</select>
      </label>
      <button class="button replace">Replace the token</button>
    </form>`;
  }

  #revoke(): TemplateResult {
    return this.asking === 'revoke'
      ? this.#sure('The device is cut off and stays out until it gets another token.', 'Yes, end them all', () => this.#end(), REVOKE)
      : html`<div><button class="button danger revoke" @click=${() => this.#ask('revoke')}>Revoke all tokens</button></div>`;
  }

  /** @param asked the button that "No" leads back to */
  #sure(what: string, yes: string, act: () => Promise<void>, asked: string): TemplateResult {
    return sureNote(what, yes, act, () => {
      this.asking = undefined;
      void keepFocus(this, asked);
    });
  }

  #ask(what: 'revoke' | Replacement): void {
    this.asking = what;
    void keepFocus(this, '.no');
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const valid = Number(given(form, 'valid'));
    const wanted = { grace: Number(given(form, 'grace')), valid: valid === 0 ? undefined : valid };
    if (wanted.grace === 0 && this.#valid.length > 0) {
      this.#ask(wanted);
    } else {
      void this.#replace(wanted);
    }
  }

  async #replace(wanted: Replacement): Promise<void> {
    const old = this.#valid;
    await this.#try(async () => {
      this.made = await this.console.administration.replaceToken(this.device, wanted);
      this.ended = this.#endOf(old, wanted.grace);
      this.renderRoot.querySelector('form')?.reset();
    });
    await keepFocus(this, 'sl-token', REPLACE);
  }

  #endOf(old: readonly TokenDto[], grace: number): string | undefined {
    if (old.length === 0) {
      return undefined;
    }
    const one = old.length === 1;
    if (grace === 0) {
      return one ? 'The old token no longer works.' : 'The old tokens no longer work.';
    }
    const { clock, preferences } = this.console;
    const latest = clock.now() + grace * 1000;
    const end = Math.max(...old.map(({ ends }) => Math.min(ends ?? latest, latest)));
    return `The old token${one ? ' works' : 's work'} until ${formatMoment(end, preferences.zone)}.`;
  }

  async #end(): Promise<void> {
    await this.#try(async () => {
      await this.console.administration.revokeTokens(this.device);
      this.revoked = true;
    });
    await keepFocus(this, '.revoked', REVOKE);
  }

  async #try(change: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    this.made = undefined;
    this.ended = undefined;
    this.revoked = false;
    this.asking = undefined;
    try {
      await change();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.dispatchEvent(new CustomEvent('sl-changed'));
  }
}

customElements.define('sl-device-tokens', SluiceDeviceTokens);
