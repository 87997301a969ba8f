import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { asProblem } from '../core/rest.ts';
import type { Problem } from '../core/rest.ts';
import { deviceHref } from '../core/router.ts';
import { describedDevice, deviceFields, profileNames } from './device-fields.ts';
import { forAdministrators, formStyles, given, isWrong, problemNote, wrongNote } from './forms.ts';
import { icons } from './icons.ts';
import { newDeviceTabStyles, newDeviceTabs } from './new-device-tabs.ts';
import { shared } from './shared.ts';
import './sl-token.ts';
import { Watching } from './watching.ts';

interface Made {
  readonly id: string;
  readonly token: string;
}

/** Makes a device: its token is shown here, once, with what it takes to send a first reading. */
export class SluiceNewDevice extends LitElement {
  static override properties = {
    console: { attribute: false },
    profiles: { state: true },
    problem: { state: true },
    busy: { state: true },
    made: { state: true },
  };

  declare console: Console;
  declare profiles: readonly string[];
  declare problem: Problem | undefined;
  declare busy: boolean;
  declare made: Made | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [shared, formStyles, newDeviceTabStyles];

  constructor() {
    super();
    this.profiles = ['default'];
    this.busy = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('console')) {
      this.#watching.watch(this.console.fleet);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'New device · Sluice';
  }

  override firstUpdated(): void {
    void profileNames(this.console).then((names) => (this.profiles = names));
    this.renderRoot.querySelector('input')?.focus();
  }

  override render(): TemplateResult {
    return html`${newDeviceTabs('New device', 'one')}
      ${!this.console.session.isAdministrator
        ? forAdministrators()
        : this.made === undefined
          ? this.#form()
          : this.#told(this.made)}`;
  }

  #form(): TemplateResult {
    const { problem } = this;
    return html`<form class="card sheet" @submit=${(event: SubmitEvent) => void this.#submit(event)}>
      ${problemNote(problem)}
      <label>Id <small>Letters, digits, hyphens, dots and underscores; it never changes.</small>
        <input name="id" required maxlength="64" autocapitalize="none" spellcheck="false" autocomplete="off"
          aria-invalid=${isWrong(problem, 'id')} />${wrongNote(problem, 'id')}</label>
      ${deviceFields(this.console, this.profiles, {}, problem)}
      <div class="row"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Creating …' : 'Create'}</button></div>
    </form>`;
  }

  #told(made: Made): TemplateResult {
    const row = this.console.fleet.rows.get(made.id);
    const sent = row !== undefined && row.lastSeen > 0;
    return html`<div class="card sheet">
      <p><strong>${made.id}</strong> is registered.</p>
      <sl-token .device=${made.id} .token=${made.token}></sl-token>
      <p role="status">
        ${sent
          ? html`<span class="pill good">${icons.connected}It has sent a reading.</span>`
          : html`<span class="pill">${icons.unknown}Nothing came from it yet.</span>`}
      </p>
      <div class="row">
        <a class="button primary" href=${deviceHref(made.id)}>To its page</a>
        <button class="button" @click=${() => (this.made = undefined)}>Another one</button>
      </div>
    </div>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const id = given(form, 'id');
    this.busy = true;
    this.problem = undefined;
    try {
      this.made = { id, token: await this.console.administration.createDevice({ id, ...describedDevice(form) }) };
      void this.console.fleet.load();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('sl-new-device', SluiceNewDevice);
