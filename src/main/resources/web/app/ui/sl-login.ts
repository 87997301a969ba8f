import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session } from '../core/session.ts';
import { typed } from './forms.ts';
import { icons, logo } from './icons.ts';
import { shared } from './shared.ts';

export class SluiceLogin extends LitElement {
  static override properties = {
    session: { attribute: false },
    problem: { state: true },
    busy: { state: true },
  };

  declare session: Session;
  declare problem: string | undefined;
  declare busy: boolean;

  static override styles = [
    shared,
    css`
      :host {
        min-height: 100vh;
        min-height: 100dvh;
        display: grid;
        place-items: center;
        padding: 24px 16px;
      }

      form {
        width: min(100%, 380px);
        padding: 32px;
        display: grid;
        gap: 16px;
      }

      .brand {
        display: flex;
        align-items: center;
        gap: 12px;
      }

      h1 {
        font-size: 24px;
        line-height: 1.1;
        margin: 0;
        letter-spacing: -0.01em;
      }

      p {
        margin: 0;
      }

      label {
        display: grid;
        gap: 4px;
        font-weight: 550;
        font-size: 14px;
      }

      input {
        min-height: 42px;
        padding: 0 12px;
        border: 1px solid var(--line);
        border-radius: 8px;
        background: var(--raised);
        font-weight: 400;
        font-size: 16px;
      }

      .button {
        min-height: 44px;
        margin-top: 4px;
      }

      .problem {
        display: flex;
        gap: 8px;
        padding: 10px 12px;
        border-radius: 8px;
        background: var(--bad-soft);
        color: var(--bad);
      }

      .problem .icon {
        margin-top: 3px;
      }
    `,
  ];

  constructor() {
    super();
    this.busy = false;
  }

  override render(): TemplateResult {
    const state = this.session.state;
    const why = this.problem ?? (state.name === 'signed-out' ? state.why : undefined);
    return html`
      <form class="card" @submit=${(event: SubmitEvent) => void this.#submit(event)}>
        <div class="brand">
          ${logo(44)}
          <div>
            <h1>Sluice</h1>
            <p class="muted">Sensor console</p>
          </div>
        </div>
        ${why === undefined ? nothing : html`<p class="problem" role="alert">${icons.warning}<span>${why}</span></p>`}
        <label>Name<input name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required /></label>
        <label>Password<input name="password" type="password" autocomplete="current-password" required /></label>
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Logging in …' : 'Log in'}</button>
      </form>
    `;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    this.busy = true;
    this.problem = undefined;
    try {
      await this.session.signIn(typed(form, 'name'), typed(form, 'password'));
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    } finally {
      this.busy = false;
    }
  }
}

customElements.define('sl-login', SluiceLogin);
