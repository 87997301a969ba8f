import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Console } from '../core/console.ts';
import type { DeviceDto, NewDevice, TokenDto } from '../core/protocol.ts';
import { asProblem } from '../core/rest.ts';
import type { Answer, Problem } from '../core/rest.ts';
import { deviceHref } from '../core/router.ts';
import { describedDevice, deviceFields, profileNames } from './device-fields.ts';
import { keepFocus } from './focus.ts';
import { forAdministrators, formStyles, given, outdatedNote, problemNote, sureNote } from './forms.ts';
import { icons } from './icons.ts';
import { shared } from './shared.ts';
import './sl-device-tokens.ts';

type Section = 'description' | 'access' | 'deletion';

/** What an administrator can do with one device: describe it, shut it out and let it in again, its tokens, its end. */
export class SluiceDeviceSettings extends LitElement {
  static override properties = {
    console: { attribute: false },
    device: { attribute: false },
    known: { state: true },
    tokens: { state: true },
    profiles: { state: true },
    section: { state: true },
    problem: { state: true },
    outdated: { state: true },
    done: { state: true },
    asking: { state: true },
    typed: { state: true },
    deleted: { state: true },
  };

  declare console: Console;
  declare device: string;
  declare known: Answer<DeviceDto> | undefined;
  /** Read again when they change; a description that is being typed stays. */
  declare tokens: readonly TokenDto[];
  declare profiles: readonly string[];
  /** Where something was tried last, so that what came of it is told there. */
  declare section: Section;
  declare problem: Problem | undefined;
  /** Somebody else changed it since it was read. */
  declare outdated: boolean;
  declare done: string | undefined;
  /** Whether it was asked to disable it, which wants to be said twice. */
  declare asking: boolean;
  /** What was typed to confirm the deletion. */
  declare typed: string;
  declare deleted: boolean;

  static override styles = [shared, formStyles];

  constructor() {
    super();
    this.tokens = [];
    this.profiles = ['default'];
    this.section = 'description';
    this.outdated = false;
    this.asking = false;
    this.typed = '';
    this.deleted = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('device')) {
      this.known = undefined;
      this.asking = false;
      this.typed = '';
      this.deleted = false;
      void this.#load();
    }
  }

  override firstUpdated(): void {
    void profileNames(this.console).then((names) => (this.profiles = names));
  }

  override updated(): void {
    document.title = `Settings of ${this.device} · Sluice`;
  }

  override render(): TemplateResult {
    if (this.deleted) {
      return html`<h1>${this.device}</h1>
        <div class="card sheet"><p role="status">It is deleted.</p><div><a class="button" href=${this.console.router.fleetHref}>To the fleet</a></div></div>`;
    }
    return html`
      <a class="back" href=${deviceHref(this.device)}>${icons.back}${this.device}</a>
      <h1>Settings of ${this.known?.body.name ?? this.device}</h1>
      ${this.console.session.isAdministrator ? this.#sections() : forAdministrators()}
    `;
  }

  #sections(): TemplateResult {
    if (this.known === undefined) {
      return html`<div class="card sheet">
        ${this.problem === undefined ? html`<p class="muted" role="status">Reading it …</p>` : problemNote(this.problem)}
      </div>`;
    }
    const { body } = this.known;
    return html`
      ${keyed(this.known, this.#description(body))} ${this.#access(body)}
      <sl-device-tokens .console=${this.console} .device=${this.device} .tokens=${this.tokens}
        @sl-changed=${() => void this.#loadTokens()}></sl-device-tokens>
      ${this.#deletion()}
    `;
  }

  #description(device: DeviceDto): TemplateResult {
    return html`<form class="card sheet" @submit=${(event: SubmitEvent) => void this.#describe(event, device)}>
      <h2>Description</h2>
      ${this.#notes('description')}
      ${deviceFields(this.console, this.profiles, device, this.problem)}
      <div class="row"><button class="button primary">Save</button></div>
    </form>`;
  }

  #notes(section: Section): TemplateResult | typeof nothing {
    if (this.section !== section) {
      return nothing;
    }
    if (this.done !== undefined) {
      return html`<p class="done" role="status">${this.done}</p>`;
    }
    return this.outdated ? outdatedNote(() => void this.#load()) : problemNote(this.problem);
  }

  #access(device: DeviceDto): TemplateResult {
    const enabled = device.enabled ?? true;
    return html`<section class="card sheet" aria-labelledby="access">
      <h2 id="access">Access</h2>
      ${this.#notes('access')}
      <p role="status">${enabled
        ? 'It may connect and send. Disabled, it is cut off and refused, and keeps its tokens and its history.'
        : 'It is disabled: it is refused until it is enabled again.'}</p>
      ${this.#switch(device, enabled)}
    </section>`;
  }

  #switch(device: DeviceDto, enabled: boolean): TemplateResult {
    if (!enabled) {
      return html`<div><button class="button switch" @click=${() => void this.#enable(device, true)}>${icons.connected}Enable</button></div>`;
    }
    return this.asking
      ? sureNote(
          'It is cut off, and what it sends is refused, until it is enabled again.',
          'Yes, disable it',
          () => this.#enable(device, false),
          () => this.#ask(false),
        )
      : html`<div><button class="button switch" @click=${() => this.#ask(true)}>${icons.disabled}Disable</button></div>`;
  }

  #ask(asking: boolean): void {
    this.asking = asking;
    void keepFocus(this, '.no', '.switch');
  }

  #deletion(): TemplateResult {
    return html`<form class="card sheet danger" @submit=${(event: SubmitEvent) => void this.#delete(event)}>
      <h2>Delete</h2>
      ${this.#notes('deletion')}
      <p>It is cut off and leaves the fleet, and this cannot be undone.</p>
      <label class="check"><input type="checkbox" name="purge" />
        <span>With its history: what is stored of it is deleted, too</span></label>
      <label>Type its id, ${this.device}, to confirm
        <input name="confirm" autocomplete="off" autocapitalize="none" spellcheck="false" .value=${this.typed}
          @input=${(event: InputEvent) => (this.typed = (event.target as HTMLInputElement).value)} /></label>
      <div><button class="button danger" ?disabled=${this.typed !== this.device}>Delete ${this.device}</button></div>
    </form>`;
  }

  async #load(): Promise<void> {
    const wanted = this.device;
    if (!this.console.session.isAdministrator) {
      return;
    }
    try {
      const known = await this.console.administration.device(wanted);
      if (this.device === wanted) {
        this.known = known;
        this.tokens = known.body.tokens ?? [];
        this.problem = undefined;
        this.outdated = false;
      }
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  async #loadTokens(): Promise<void> {
    try {
      this.tokens = (await this.console.api.device(this.device)).tokens ?? [];
    } catch {
      // What was shown stays; the change itself has told how it went.
    }
  }

  async #describe(event: SubmitEvent, device: DeviceDto): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    await this.#replace('description', { id: device.id, enabled: device.enabled ?? true, ...describedDevice(form) }, 'Saved.');
  }

  async #enable(device: DeviceDto, enabled: boolean): Promise<void> {
    this.asking = false;
    await this.#replace('access', { ...asWritten(device), enabled });
  }

  /** @param done told where the section does not tell it by itself */
  async #replace(section: Section, device: NewDevice, done?: string): Promise<void> {
    const succeeded = await this.#try(section, () => this.console.administration.replaceDevice(device, this.known?.tag));
    if (succeeded) {
      await this.#load();
      this.done = done;
    }
    await keepFocus(this, section === 'access' ? '.switch' : '.primary');
  }

  async #delete(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const purge = given(new FormData(event.currentTarget as HTMLFormElement), 'purge') !== '';
    this.deleted = await this.#try('deletion', () => this.console.administration.deleteDevice(this.device, purge));
  }

  async #try(section: Section, change: () => Promise<void>): Promise<boolean> {
    this.section = section;
    this.problem = undefined;
    this.outdated = false;
    this.done = undefined;
    try {
      await change();
    } catch (thrown) {
      this.problem = asProblem(thrown);
      this.outdated = this.problem.status === 412;
      return false;
    }
    void this.console.fleet.load();
    return true;
  }
}

/** Of what was read that which can be written. */
function asWritten({ id, name, group, profile }: DeviceDto): NewDevice {
  return {
    id,
    ...(name ? { name } : {}),
    ...(group ? { group } : {}),
    ...(profile ? { profile } : {}),
  };
}

customElements.define('sl-device-settings', SluiceDeviceSettings);
