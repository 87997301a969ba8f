import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import type { NewDevice } from '../core/protocol.ts';
import { deviceHref } from '../core/router.ts';
import { icons } from './icons.ts';
import { shared } from './shared.ts';
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
    copied: { state: true },
  };

  declare console: Console;
  declare profiles: readonly string[];
  declare problem: string | undefined;
  declare busy: boolean;
  declare made: Made | undefined;
  declare copied: string | undefined;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    css`
      :host {
        max-width: 720px;
      }

      h1 {
        margin: 0 0 12px;
        font-size: 20px;
        letter-spacing: -0.01em;
      }

      form,
      .made {
        display: grid;
        gap: 14px;
        padding: 22px;
      }

      label {
        display: grid;
        gap: 4px;
        font-weight: 550;
        font-size: 14px;
      }

      label small {
        font-weight: 400;
        color: var(--muted);
      }

      input,
      select {
        min-height: 40px;
        padding: 0 12px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        font-size: 16px;
      }

      p {
        margin: 0;
      }

      pre {
        margin: 0;
        padding: 12px;
        border-radius: 8px;
        background: var(--ground);
        font: 13px/1.5 var(--mono);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
      }

      .problem {
        padding: 10px 12px;
        border-radius: 8px;
        background: var(--bad-soft);
        color: var(--bad);
      }
    `,
  ];

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
    void this.#loadProfiles();
    this.renderRoot.querySelector('input')?.focus();
  }

  override render(): TemplateResult {
    return html`<h1>New device</h1>
      ${this.made === undefined ? this.#form() : this.#told(this.made)}`;
  }

  #form(): TemplateResult {
    const groups = [...new Set([...this.console.fleet.rows.values()].map((row) => row.group))].filter((name) => name !== '');
    return html`<form class="card" @submit=${(event: SubmitEvent) => void this.#submit(event)}>
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${icons.warning} ${this.problem}</p>`}
      <label>Id <small>Letters, digits, hyphens, dots and underscores; it never changes.</small>
        <input name="id" required maxlength="64" autocapitalize="none" spellcheck="false" autocomplete="off" /></label>
      <label>Name <small>For people; the id where there is none.</small>
        <input name="name" maxlength="200" autocomplete="off" /></label>
      <label>Group <small>Its readings are also rolled up with those of the others in the group.</small>
        <input name="group" maxlength="64" list="groups" autocapitalize="none" autocomplete="off" /></label>
      <datalist id="groups">${groups.sort().map((name) => html`<option value=${name}></option>`)}</datalist>
      <label>Profile <small>What it may send, and how fast.</small>
        <select name="profile">${this.profiles.map((name) => html`<option ?selected=${name === 'default'}>${name}</option>`)}</select>
      </label>
      <div class="row"><button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Creating …' : 'Create'}</button></div>
    </form>`;
  }

  #told(made: Made): TemplateResult {
    const command = firstReading(made);
    const row = this.console.fleet.rows.get(made.id);
    const sent = row !== undefined && row.lastSeen > 0;
    return html`<div class="card made">
      <p><strong>${made.id}</strong> is registered. This is its token. It is shown this once; keep it now.</p>
      <pre data-test="token">${made.token}</pre>
      <div class="row">${this.#copy('token', 'Copy the token', made.token)}</div>
      <p>Send a first reading with it:</p>
      <pre data-test="command">${command}</pre>
      <div class="row">${this.#copy('command', 'Copy the command', command)}</div>
      <p role="status">
        ${sent
          ? html`<span class="pill good">${icons.connected}It has sent a reading.</span>`
          : html`<span class="pill">${icons.unknown}Nothing came from it yet.</span>`}
      </p>
      <div class="row">
        <a class="button primary" href=${deviceHref(made.id)}>To its page</a>
        <button class="button" @click=${() => this.#again()}>Another one</button>
      </div>
    </div>`;
  }

  #copy(what: string, label: string, text: string): TemplateResult {
    return html`<button class="button" @click=${() => void this.#toClipboard(what, text)}>
      ${this.copied === what ? 'Copied' : label}</button>`;
  }

  async #toClipboard(what: string, text: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = what;
    } catch {
      // Not allowed, or over plain HTTP: the text stands there to be selected.
      this.copied = undefined;
    }
  }

  #again(): void {
    this.made = undefined;
    this.copied = undefined;
  }

  async #loadProfiles(): Promise<void> {
    try {
      const profiles = await this.console.api.profiles();
      this.profiles = profiles.map((profile) => profile.name);
    } catch {
      // There is always the default one.
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const device = described(form);
    this.busy = true;
    this.problem = undefined;
    try {
      this.made = { id: device.id, token: await this.console.api.createDevice(device) };
      void this.console.fleet.load();
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    } finally {
      this.busy = false;
    }
  }
}

/** Fields that were left empty are left out. */
function described(form: FormData): NewDevice {
  const given = (name: string): string => String(form.get(name) ?? '').trim();
  const optional = Object.fromEntries(
    ['name', 'group', 'profile'].map((name) => [name, given(name)]).filter(([, value]) => value !== ''),
  );
  return { id: given('id'), ...optional };
}

function firstReading(made: Made): string {
  return [
    `curl -u '${made.id}:${made.token}' ${new URL('ingest', document.baseURI).href.replace(/#.*/, '')} \\`,
    `  -H 'Content-Type: application/senml+json' -d '[{"n":"temperature","u":"Cel","v":21.5}]'`,
  ].join('\n');
}

customElements.define('sl-new-device', SluiceNewDevice);
