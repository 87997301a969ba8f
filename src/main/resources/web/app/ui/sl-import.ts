import { LitElement, css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatCount, formatMany } from '../core/format.ts';
import type { ImportedLine } from '../core/protocol.ts';
import { Problem, asProblem } from '../core/rest.ts';
import { deviceHref } from '../core/router.ts';
import { importResult, tokenFile } from '../model/import-result.ts';
import type { ImportResult } from '../model/import-result.ts';
import { forAdministrators, formStyles, problemNote } from './forms.ts';
import { icons } from './icons.ts';
import { newDeviceTabStyles, newDeviceTabs } from './new-device-tabs.ts';
import { shared } from './shared.ts';

const EXAMPLE = `{"id":"pump-7","name":"Pump 7","group":"line-3","profile":"default"}
{"id":"pump-8","group":"line-3"}`;
/** Of each kind; a page of tens of thousands of lines serves nobody, and the file has all tokens. */
const LINES_SHOWN = 200;
const KEPT_FOR_BROWSER_MS = 60_000;
const BROKEN_OFF = new Problem(
  0,
  'The answer broke off. What is missing below may have been created: import it again, and what exists is refused.',
);

/** Makes many devices from lines of JSON; what became of each line, and the tokens as a file, once. */
export class SluiceImport extends LitElement {
  static override properties = {
    console: { attribute: false },
    lines: { state: true },
    busy: { state: true },
    problem: { state: true },
    result: { state: true },
    saved: { state: true },
  };

  declare console: Console;
  declare lines: string;
  declare busy: boolean;
  declare problem: Problem | undefined;
  declare result: ImportResult | undefined;
  declare saved: boolean;
  readonly #unloading = (event: BeforeUnloadEvent): void => {
    if (this.result !== undefined && this.result.created.length > 0 && !this.saved) {
      event.preventDefault();
    }
  };

  static override styles = [
    shared,
    formStyles,
    newDeviceTabStyles,
    css`
      :host {
        max-width: 900px;
      }

      td:first-child,
      th:first-child {
        width: 64px;
      }

      td {
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.lines = '';
    this.busy = false;
    this.saved = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Import · Sluice';
    addEventListener('beforeunload', this.#unloading);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#unloading);
  }

  override render(): TemplateResult {
    return html`${newDeviceTabs('Import devices', 'many')}
      ${!this.console.session.isAdministrator
        ? forAdministrators()
        : this.result === undefined
          ? this.#form()
          : this.#told(this.result)}`;
  }

  #form(): TemplateResult {
    return html`<form class="card sheet" @submit=${(event: SubmitEvent) => void this.#submit(event)}>
      ${problemNote(this.problem)}
      <p>One device on each line, as JSON; only the id is needed. A line that is refused stops no other.</p>
      <label>Choose a file
        <input type="file" accept=".jsonl,.ndjson,.json,.txt" @change=${(event: Event) => void this.#read(event)} /></label>
      <label>Or paste the lines
        <textarea name="lines" rows="10" spellcheck="false" autocapitalize="none" placeholder=${EXAMPLE} .value=${this.lines}
          @input=${(event: InputEvent) => (this.lines = (event.target as HTMLTextAreaElement).value)}></textarea></label>
      <div><button class="button primary" ?disabled=${this.busy || this.lines.trim() === ''}>
        ${this.busy ? 'Importing …' : 'Import'}</button></div>
    </form>`;
  }

  #told(result: ImportResult): TemplateResult {
    const { created, refused } = result;
    return html`
      <section class="card sheet">
        ${problemNote(this.problem)}
        <p role="status" data-test="summary">${formatMany(created.length, 'device')} created,
          ${formatMany(refused.length, 'line')} refused.</p>
        ${created.length === 0 ? nothing : this.#tokens(result)}
        <div><button class="button" @click=${() => this.#again()}>Import more</button></div>
      </section>
      ${refused.length === 0 ? nothing : this.#list('Refused', refused)}
      ${created.length === 0 ? nothing : this.#list('Created', created)}
    `;
  }

  #tokens(result: ImportResult): TemplateResult {
    return html`
      <p class=${this.saved ? 'done' : 'note'} role="status">${this.saved ? icons.connected : icons.warning}
        <span>${this.saved
          ? 'The tokens are saved to a file. Keep it as you would a list of passwords.'
          : 'The devices’ tokens are told this once. Save them now: they are gone when you leave this page.'}</span></p>
      <div><button class="button primary" @click=${() => this.#save(result)}>
        Save ${formatMany(result.created.length, 'token')} as a file</button></div>
    `;
  }

  #list(title: string, lines: readonly ImportedLine[]): TemplateResult {
    return html`<section class="card sheet">
      <h2>${title}</h2>
      <table>
        <thead><tr><th scope="col">Line</th><th scope="col">Device</th><th scope="col">What became of it</th></tr></thead>
        <tbody>${lines.slice(0, LINES_SHOWN).map((line) => imported(line, this.saved))}</tbody>
      </table>
      ${lines.length > LINES_SHOWN
        ? html`<p class="muted">and ${formatCount(lines.length - LINES_SHOWN)} more</p>`
        : nothing}
    </section>`;
  }

  async #read(event: Event): Promise<void> {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file !== undefined) {
      this.lines = await file.text();
    }
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.busy = true;
    this.problem = undefined;
    try {
      const { lines, isWhole } = await this.console.administration.importDevices(this.lines);
      this.result = importResult(lines);
      this.saved = false;
      this.problem = isWhole ? undefined : BROKEN_OFF;
      void this.console.fleet.load();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }

  #save(result: ImportResult): void {
    const url = URL.createObjectURL(new Blob([tokenFile(result)], { type: 'application/x-ndjson' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'sluice-tokens.jsonl';
    link.click();
    // The browser reads it later.
    setTimeout(() => URL.revokeObjectURL(url), KEPT_FOR_BROWSER_MS);
    this.saved = true;
  }

  #again(): void {
    this.result = undefined;
    this.problem = undefined;
    this.lines = '';
  }
}

/** @param saved whether one may go elsewhere without losing tokens */
function imported(line: ImportedLine, saved: boolean): TemplateResult {
  return html`<tr data-test=${line.token === undefined ? 'refused' : 'created'}>
    <td class="number">${line.line}</td>
    <td>${line.id === undefined
      ? html`<span class="muted">none</span>`
      : line.token === undefined || !saved
        ? line.id
        : html`<a href=${deviceHref(line.id)}>${line.id}</a>`}</td>
    <td>${line.token === undefined
      ? html`<span class="pill bad">${icons.disabled}refused</span> ${line.detail ?? line.status}`
      : html`<span class="pill good">${icons.connected}created</span>`}</td>
  </tr>`;
}

customElements.define('sl-import', SluiceImport);
