import { LitElement, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Console } from '../core/console.ts';
import { Problem, asProblem } from '../core/rest.ts';
import { PROFILES_HREF, profileHref } from '../core/router.ts';
import { METRIC_TYPES, ProfileDraft } from '../model/profile-draft.ts';
import type { MetricDraft } from '../model/profile-draft.ts';
import { keepFocus } from './focus.ts';
import { formStyles, isWrong, outdatedNote, problemNote, sureNote, wrongNote } from './forms.ts';
import { icons } from './icons.ts';
import { profileStyles } from './profile-styles.ts';
import { shared } from './shared.ts';

type TextField = 'name' | 'rate' | 'burst';
type MetricField = 'name' | 'unit' | 'type' | 'min' | 'max';

/** One profile, to read or, for an administrator, to change; a new one where no name is given. */
export class SluiceProfile extends LitElement {
  static override properties = {
    console: { attribute: false },
    profile: { attribute: false },
    draft: { state: true },
    problem: { state: true },
    outdated: { state: true },
    asking: { state: true },
    done: { state: true },
  };

  declare console: Console;
  /** Its name; undefined for a new one. */
  declare profile: string | undefined;
  declare draft: ProfileDraft | undefined;
  declare problem: Problem | undefined;
  declare outdated: boolean;
  /** Whether its deletion was asked for, which wants to be said twice. */
  declare asking: boolean;
  declare done: boolean;
  #tag: string | undefined;

  static override styles = [shared, formStyles, profileStyles];

  constructor() {
    super();
    this.outdated = false;
    this.asking = false;
    this.done = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('profile') || !this.hasUpdated) {
      this.draft = undefined;
      this.problem = undefined;
      this.outdated = false;
      this.asking = false;
      void this.#load();
    }
  }

  override updated(): void {
    document.title = `${this.profile ?? 'New profile'} · Sluice`;
  }

  override render(): TemplateResult {
    const { draft } = this;
    return html`
      <a class="back" href=${PROFILES_HREF}>${icons.back}Profiles</a>
      <h1>${this.profile === undefined ? 'New profile' : `Profile ${this.profile}`}</h1>
      ${draft === undefined
        ? html`<div class="card sheet">${problemNote(this.problem)}</div>`
        : html`${this.#form(draft)} ${this.#deletion()}`}
    `;
  }

  #form(draft: ProfileDraft): TemplateResult {
    const mayWrite = this.console.session.isAdministrator;
    return html`<form class="card sheet" @submit=${(event: SubmitEvent) => void this.#submit(event, draft)}>
      ${this.outdated ? outdatedNote(() => void this.#load()) : problemNote(this.problem)}
      ${this.done ? html`<p class="done" role="status">Saved. The next message of its devices is judged by it.</p>` : nothing}
      <fieldset ?disabled=${!mayWrite}>
        ${this.profile === undefined
          ? this.#text(draft, 'name', 'name', 'Name', 'Letters, digits, hyphens, dots and underscores; it never changes.')
          : nothing}
        <label class="check"><input type="checkbox" .checked=${draft.strict}
          @change=${(event: Event) => this.#change(() => (draft.strict = (event.target as HTMLInputElement).checked))} />
          <span>Strict: metrics that are not listed below are refused</span></label>
        <div class="row">
          ${this.#text(draft, 'rate', 'readingsPerSecond', 'Readings per second', 'Of one device; 1,000 where empty.')}
          ${this.#text(draft, 'burst', 'burst', 'Burst', 'Readings at once; twice the rate where empty.')}
        </div>
        <h2>Metrics</h2>
        ${draft.metrics.length === 0 ? html`<p class="muted">None is listed.</p>` : nothing}
        <ul>${repeat(draft.metrics, (metric) => metric.key, (metric, i) => this.#metric(draft, metric, i))}</ul>
        ${mayWrite
          ? html`<div class="row">
              <button class="button" type="button" @click=${() => this.#change(() => draft.add())}>Add a metric</button>
              <button class="button primary">Save</button>
            </div>`
          : nothing}
      </fieldset>
    </form>`;
  }

  #text(draft: ProfileDraft, key: TextField, field: string, label: string, hint: string): TemplateResult {
    return html`<label>${label} <small>${hint}</small>
      <input name=${field} autocomplete="off" autocapitalize="none" inputmode=${key === 'name' ? 'text' : 'numeric'}
        .value=${draft[key]} aria-invalid=${isWrong(this.problem, field)}
        @input=${(event: InputEvent) => this.#change(() => (draft[key] = (event.target as HTMLInputElement).value))} />
      ${wrongNote(this.problem, field)}</label>`;
  }

  #metric(draft: ProfileDraft, metric: MetricDraft, at: number): TemplateResult {
    const field = (key: MetricField, label: string, mode: string): TemplateResult => {
      const path = `metrics[${at}].${key}`;
      return html`<label>${label}
        <input name=${path} autocomplete="off" autocapitalize="none" spellcheck="false" inputmode=${mode} .value=${metric[key]}
          aria-invalid=${isWrong(this.problem, path)}
          @input=${(event: InputEvent) => this.#change(() => (metric[key] = (event.target as HTMLInputElement).value))} />
        ${wrongNote(this.problem, path)}</label>`;
    };
    return html`<li>
      ${field('name', 'Metric', 'text')} ${field('unit', 'Unit', 'text')} ${this.#type(metric, at)}
      ${field('min', 'Lowest', 'text')} ${field('max', 'Highest', 'text')}
      <button class="button" type="button" aria-label="Remove ${metric.name === '' ? `metric ${at + 1}` : metric.name}"
        @click=${() => this.#change(() => draft.remove(metric.key))}>${icons.disabled}<span class="words">Remove</span></button>
    </li>`;
  }

  #type(metric: MetricDraft, at: number): TemplateResult {
    const path = `metrics[${at}].type`;
    return html`<label>Type
      <select name=${path} aria-invalid=${isWrong(this.problem, path)}
        @change=${(event: Event) => this.#change(() => (metric.type = (event.target as HTMLSelectElement).value))}>
        <option value="" ?selected=${metric.type === ''}>any</option>
        ${METRIC_TYPES.map((type) => html`<option ?selected=${type === metric.type}>${type}</option>`)}
      </select>${wrongNote(this.problem, path)}</label>`;
  }

  #deletion(): TemplateResult | typeof nothing {
    const { profile } = this;
    if (profile === undefined || profile === 'default' || !this.console.session.isAdministrator) {
      return nothing;
    }
    return this.asking
      ? sureNote('It cannot be undone.', 'Yes, delete it', () => this.#delete(profile), () => this.#ask(false))
      : html`<button class="button danger delete" @click=${() => this.#ask(true)}>Delete this profile</button>`;
  }

  #ask(asking: boolean): void {
    this.asking = asking;
    void keepFocus(this, '.no', '.delete');
  }

  #change(change: () => void): void {
    change();
    this.done = false;
    this.requestUpdate();
  }

  async #load(): Promise<void> {
    const { profile } = this;
    if (profile === undefined) {
      this.draft = new ProfileDraft({ name: '' });
      return;
    }
    try {
      const { body, tag } = await this.console.administration.profile(profile);
      if (this.profile === profile) {
        this.draft = new ProfileDraft(body);
        this.#tag = tag;
        this.problem = undefined;
        this.outdated = false;
      }
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  async #submit(event: SubmitEvent, draft: ProfileDraft): Promise<void> {
    event.preventDefault();
    const errors = draft.errors();
    await this.#try(async () => {
      if (errors.length > 0) {
        throw new Problem(0, 'Some fields are no numbers.', errors);
      }
      if (this.profile === undefined) {
        await this.#create(draft);
      } else {
        await this.console.administration.putProfile(draft.profile(), this.#tag);
        await this.#load();
        this.done = true;
      }
    });
  }

  /** A `PUT` replaces what is there, so it is asked first whether something is. */
  async #create(draft: ProfileDraft): Promise<void> {
    const written = draft.profile();
    if ((await this.console.api.profiles()).some((profile) => profile.name === written.name)) {
      throw new Problem(409, 'There is such a profile already.', [{ field: 'name', detail: 'is taken already' }]);
    }
    if (written.name === '') {
      throw new Problem(400, 'It needs a name.', [{ field: 'name', detail: 'is missing' }]);
    }
    await this.console.administration.putProfile(written, undefined);
    location.hash = profileHref(written.name);
  }

  async #delete(profile: string): Promise<void> {
    this.asking = false;
    await this.#try(async () => {
      await this.console.administration.deleteProfile(profile);
      location.hash = PROFILES_HREF;
    });
    await keepFocus(this, '.delete');
  }

  async #try(change: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    this.outdated = false;
    this.done = false;
    try {
      await change();
    } catch (thrown) {
      this.problem = asProblem(thrown);
      this.outdated = this.problem.status === 412;
    }
  }
}

customElements.define('sl-profile', SluiceProfile);
