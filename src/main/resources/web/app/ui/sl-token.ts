import { LitElement, css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { shared } from './shared.ts';

/** A device's new token, which is told this once, and a command that sends a reading with it. */
export class SluiceToken extends LitElement {
  static override properties = {
    device: { attribute: false },
    token: { attribute: false },
    copied: { state: true },
  };

  declare device: string;
  declare token: string;
  declare copied: string | undefined;

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        gap: 12px;
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
    `,
  ];

  /** Where reading begins: the token itself follows. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('p')?.focus());
  }

  override render(): TemplateResult {
    const command = sendReading(this.device, this.token);
    return html`
      <p tabindex="-1">This is its token. It is shown this once; keep it now.</p>
      <pre data-test="token">${this.token}</pre>
      <div>${this.#copy('token', 'Copy the token', this.token)}</div>
      <p>Send a reading with it:</p>
      <pre data-test="command">${command}</pre>
      <div>${this.#copy('command', 'Copy the command', command)}</div>
    `;
  }

  #copy(what: string, label: string, text: string): TemplateResult {
    return html`<button class="button" type="button" @click=${() => void this.#toClipboard(what, text)}>
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
}

function sendReading(device: string, token: string): string {
  return [
    `curl -u '${device}:${token}' ${new URL('ingest', document.baseURI).href.replace(/#.*/, '')} \\`,
    `  -H 'Content-Type: application/senml+json' -d '[{"n":"temperature","u":"Cel","v":21.5}]'`,
  ].join('\n');
}

customElements.define('sl-token', SluiceToken);
