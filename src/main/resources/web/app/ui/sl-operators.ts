import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Console } from '../core/console.ts';
import type { OperatorBody, OperatorDto, Role } from '../core/protocol.ts';
import { asProblem } from '../core/rest.ts';
import type { Problem } from '../core/rest.ts';
import { keepFocus } from './focus.ts';
import { forAdministrators, formStyles, given, isWrong, problemNote, sureNote, typed, wrongNote } from './forms.ts';
import { shared } from './shared.ts';

const ROLES: readonly (readonly [Role, string])[] = [
  ['viewer', 'viewer: looks'],
  ['operator', 'operator: looks; acts, once there is something to do'],
  ['admin', 'admin: also devices, profiles and operators'],
];
/** Where a new operator's mistakes are told; no operator has this name. */
const NEW = '';

/** Who may log in, and what they may. */
export class SluiceOperators extends LitElement {
  static override properties = {
    console: { attribute: false },
    operators: { state: true },
    problem: { state: true },
    at: { state: true },
    open: { state: true },
    asking: { state: true },
    done: { state: true },
  };

  declare console: Console;
  declare operators: readonly OperatorDto[] | undefined;
  declare problem: Problem | undefined;
  /** Whom the last attempt was about. */
  declare at: string | undefined;
  /** Whose form is open. */
  declare open: string | undefined;
  /** Whether the deletion of that one was asked for, which wants to be said twice. */
  declare asking: boolean;
  declare done: string | undefined;

  static override styles = [
    shared,
    formStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        gap: 12px;
        padding: 10px 0;
        border-top: 1px solid var(--line);
      }

      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 14px;
      }

      .line strong {
        flex: 1 1 140px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.asking = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Operators · Sluice';
  }

  override firstUpdated(): void {
    if (this.console.session.isAdministrator) {
      void this.#load();
    }
  }

  override render(): TemplateResult {
    return html`<h1>Operators</h1>
      ${this.console.session.isAdministrator ? html`${this.#list()} ${this.#creation()}` : forAdministrators()}`;
  }

  #list(): TemplateResult {
    return html`<section class="card sheet" aria-label="Operators">
      ${this.at === undefined ? problemNote(this.problem) : nothing}
      ${this.done === undefined ? nothing : html`<p class="done" role="status" tabindex="-1">${this.done}</p>`}
      ${this.operators === undefined
        ? html`<p class="muted" role="status">Reading the operators …</p>`
        : html`<ul>${repeat(this.operators, ({ name }) => name, (operator) => this.#operator(operator))}</ul>`}
    </section>`;
  }

  #operator(operator: OperatorDto): TemplateResult {
    const { name, role } = operator;
    const open = this.open === name;
    return html`<li data-operator=${name}>
      <div class="line">
        <strong>${name}${this.#isMe(name) ? html` <span class="muted">(you)</span>` : nothing}</strong>
        <span>${role}</span>
        <button class="button" aria-expanded=${open ? 'true' : 'false'} aria-label="Change ${name}"
          @click=${() => this.#toggle(open ? undefined : name)}>${open ? 'Close' : 'Change'}</button>
      </div>
      ${open ? this.#form(operator) : nothing}
    </li>`;
  }

  #form({ name, role }: OperatorDto): TemplateResult {
    const problem = this.at === name ? this.problem : undefined;
    return html`<form @submit=${(event: SubmitEvent) => void this.#replace(event, name)}>
        ${problemNote(problem)}
        <div class="row">
          ${roleField(role, problem)}
          <label>New password <small>Ends ${this.#isMe(name) ? 'your own session, too' : 'the sessions'}; empty: it stays.</small>
            <input name="password" type="password" autocomplete="new-password" aria-invalid=${isWrong(problem, 'password')} />
            ${wrongNote(problem, 'password')}</label>
          <button class="button primary">Save</button>
        </div>
      </form>
      ${this.asking
        ? sureNote(`Whatever ${name} has open ends.`, `Yes, delete ${name}`, () => this.#delete(name), () => this.#ask(false))
        : html`<div><button class="button danger delete" @click=${() => this.#ask(true)}>Delete ${name}</button></div>`}`;
  }

  #ask(asking: boolean): void {
    this.asking = asking;
    void keepFocus(this, '.no', '.delete');
  }

  #creation(): TemplateResult {
    const problem = this.at === NEW ? this.problem : undefined;
    return html`<form class="card sheet" @submit=${(event: SubmitEvent) => void this.#create(event)}>
      <h2>New operator</h2>
      ${problemNote(problem)}
      <label>Name <input name="name" required maxlength="64" autocomplete="off" autocapitalize="none" spellcheck="false"
        aria-invalid=${isWrong(problem, 'name')} />${wrongNote(problem, 'name')}</label>
      ${roleField('viewer', problem)}
      <label>Password <input name="password" type="password" required autocomplete="new-password"
        aria-invalid=${isWrong(problem, 'password')} />${wrongNote(problem, 'password')}</label>
      <div><button class="button primary">Create</button></div>
    </form>`;
  }

  #isMe(name: string): boolean {
    const { state } = this.console.session;
    return state.name === 'signed-in' && state.operator.name === name;
  }

  #toggle(name: string | undefined): void {
    this.open = name;
    this.asking = false;
    this.problem = undefined;
    this.done = undefined;
  }

  async #load(): Promise<void> {
    try {
      this.operators = await this.console.administration.operators();
    } catch (thrown) {
      this.at = undefined;
      this.problem = asProblem(thrown);
    }
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const name = given(fields, 'name');
    const created = await this.#try(NEW, `${name} may log in.`, () =>
      this.console.administration.createOperator({ name, role: roleIn(fields), password: typed(fields, 'password') }),
    );
    if (created) {
      form.reset();
    }
  }

  async #replace(event: SubmitEvent, name: string): Promise<void> {
    event.preventDefault();
    const fields = new FormData(event.currentTarget as HTMLFormElement);
    const password = typed(fields, 'password');
    const operator: OperatorBody = { name, role: roleIn(fields), ...(password === '' ? {} : { password }) };
    await this.#try(name, `${name} is changed.`, () => this.console.administration.replaceOperator(operator));
  }

  async #delete(name: string): Promise<void> {
    this.asking = false;
    await this.#try(name, `${name} is deleted.`, () => this.console.administration.deleteOperator(name));
  }

  async #try(at: string, done: string, change: () => Promise<void>): Promise<boolean> {
    this.at = at;
    this.problem = undefined;
    this.done = undefined;
    try {
      await change();
    } catch (thrown) {
      this.problem = asProblem(thrown);
      await keepFocus(this, '.delete');
      return false;
    }
    this.open = undefined;
    this.done = done;
    await this.#load();
    await keepFocus(this, '.done');
    return true;
  }
}

function roleField(role: Role, problem: Problem | undefined): TemplateResult {
  return html`<label>Role
    <select name="role" aria-invalid=${isWrong(problem, 'role')}>${ROLES.map(
      ([name, words]) => html`<option value=${name} ?selected=${name === role}>${words}</option>`,
    )}</select>${wrongNote(problem, 'role')}</label>`;
}

function roleIn(form: FormData): Role {
  return given(form, 'role') as Role;
}

customElements.define('sl-operators', SluiceOperators);
