import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Problem } from '../core/rest.ts';
import { icons } from './icons.ts';

/** A page of forms: a narrow column of cards, each with a heading, fields and buttons. */
export const formStyles = css`
  :host {
    max-width: 760px;
  }

  .back {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-bottom: 8px;
    text-decoration: none;
  }

  h1 {
    margin: 0 0 12px;
    font-size: 20px;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }

  h2 {
    margin: 0;
    font-size: 16px;
  }

  .sheet {
    display: grid;
    gap: 14px;
    padding: 20px 22px;
    margin-bottom: 14px;
  }

  label,
  fieldset {
    display: grid;
    gap: 4px;
    font-weight: 550;
    font-size: 14px;
  }

  label small {
    font-weight: 400;
    color: var(--muted);
  }

  label.check {
    grid-template-columns: auto 1fr;
    align-items: start;
    gap: 8px;
    font-weight: 450;
  }

  label.check input {
    width: 18px;
    height: 18px;
    min-height: 0;
    margin: 2px 0 0;
    accent-color: var(--accent);
  }

  .sheet :is(input:not([type='checkbox'], [type='file']), select, textarea) {
    width: 100%;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--raised);
    color: inherit;
    font-size: 16px;
    font-weight: 400;
  }

  .sheet :is(input, select, textarea)[aria-invalid='true'] {
    border-color: var(--bad);
  }

  .sheet textarea {
    padding: 10px 12px;
    font: 13px/1.5 var(--mono);
    resize: vertical;
  }

  p {
    margin: 0;
    overflow-wrap: anywhere;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 10px 12px;
  }

  .row label {
    flex: 1 1 180px;
  }

  .problem,
  .done,
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 10px 12px;
    border-radius: 8px;
    background: var(--bad-soft);
    color: var(--bad);
  }

  .done {
    background: var(--good-soft);
    color: var(--good);
  }

  .note {
    background: var(--warn-soft);
    color: var(--warn);
  }

  label small.wrong {
    color: var(--bad);
  }

  .danger {
    border-color: var(--bad);
  }

  .button.danger {
    color: var(--bad);
  }

  [hidden] {
    display: none;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 14px;
  }

  th {
    padding: 4px 12px 4px 0;
    font-size: 13px;
    font-weight: 550;
    text-align: start;
    color: var(--muted);
  }

  td {
    padding: 8px 12px 8px 0;
    border-top: 1px solid var(--line);
    vertical-align: middle;
  }
`;

/** What went wrong with the whole of a form. What is told at a field already is not said again. */
export function problemNote(problem: Problem | undefined): TemplateResult | typeof nothing {
  if (problem === undefined) {
    return nothing;
  }
  const words = problem.errors.length > 0 ? 'Not saved: look at the marked fields.' : problem.message;
  return html`<p class="problem" role="alert">${icons.warning}<span>${words}</span></p>`;
}

/** What cuts something off wants to be said twice. The focus goes to "No" with {@link keepFocus} and `.no`. */
export function sureNote(what: string, yes: string, act: () => Promise<void>, no: () => void): TemplateResult {
  return html`<div class="note" role="alert">
    <span>${what}</span>
    <button class="button danger" type="button" @click=${() => void act()}>${yes}</button>
    <button class="button no" type="button" @click=${no}>No</button>
  </div>`;
}

/** Instead, where somebody else was faster: `If-Match` failed. */
export function outdatedNote(load: () => void): TemplateResult {
  return html`<div class="note" role="alert">${icons.warning}
    <span>Not saved: somebody changed it meanwhile. Load it again to see how it is now; what you typed is then gone.</span>
    <button class="button" type="button" @click=${load}>Load it again</button>
  </div>`;
}

/** What is wrong with a field, in its label. */
export function wrongNote(problem: Problem | undefined, field: string): TemplateResult | typeof nothing {
  const wrong = problem?.of(field);
  return wrong === undefined ? nothing : html`<small class="wrong">${icons.warning} It ${wrong}.</small>`;
}

export function isWrong(problem: Problem | undefined, field: string): 'true' | 'false' {
  return problem?.of(field) === undefined ? 'false' : 'true';
}

/** A field's text as it was typed, spaces and all: a password. */
export function typed(form: FormData, field: string): string {
  const value = form.get(field);
  return typeof value === 'string' ? value : '';
}

/** A field's text, without spaces around it. */
export function given(form: FormData, field: string): string {
  return typed(form, field).trim();
}

/** Fields that were left empty are left out. */
export function filled(form: FormData, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(fields.map((name) => [name, given(form, name)] as const).filter(([, value]) => value !== ''));
}

/** What a page says to those who may not change what it changes. */
export function forAdministrators(): TemplateResult {
  return html`<div class="card sheet"><p>Only an administrator can change this.</p></div>`;
}
