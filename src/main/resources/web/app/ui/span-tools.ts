import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { HistoryModel, Span } from '../model/history-model.ts';
import { windowInWords } from './metric-page.ts';

const SPANS: readonly (readonly [Span, string])[] = [
  ['hour', 'Hour'],
  ['day', 'Day'],
  ['week', 'Week'],
];
const POINT: Readonly<Record<Span, string>> = { hour: '1 min', day: '5 min', week: '30 min' };

/** What one point of a chart stands for. */
export function pointInWords(span: Span | undefined, window: string): string {
  return span === undefined ? windowInWords(window) : POINT[span];
}

/** The choice between live windows. @param chosen undefined while something else is shown */
export function windowTools(
  windows: readonly string[],
  chosen: string | undefined,
  choose: (window: string) => void,
): TemplateResult {
  return named('Live', html`<div class="segments" role="group" aria-label="Live, in windows of">
    ${windows.map(
      (window) => html`<button aria-pressed=${window === chosen ? 'true' : 'false'}
        title="Live, one point per ${windowInWords(window)}" @click=${() => choose(window)}>${windowInWords(window)}</button>`,
    )}
  </div>`);
}

/** The choice of a stored span. @param chosen undefined while something else is shown */
export function spanTools(chosen: Span | undefined, choose: (span: Span) => void): TemplateResult {
  return named('History', html`<div class="segments" role="group" aria-label="History of the last">
    ${SPANS.map(
      ([span, label]) => html`<button aria-pressed=${span === chosen ? 'true' : 'false'}
        title="The last ${span}, as it is stored" @click=${() => choose(span)}>${label}</button>`,
    )}
  </div>`);
}

/** For the eye: the tools say it by themselves to a screen reader. */
function named(name: string, tools: TemplateResult): TemplateResult {
  return html`<div class="named"><span class="muted" aria-hidden="true">${name}</span>${tools}</div>`;
}

/** Why the history shows no chart. @param what `device` or `group` */
export function nothingStored(history: HistoryModel, what: string): TemplateResult {
  if (!history.loaded) {
    return html`<p class="muted">Reading the history …</p>`;
  }
  return history.unknown
    ? html`<p>The live stream knows no metric of this ${what}, so there is none to ask for.</p>
        <p class="muted">What is stored of it is at <code>GET /api/rollups?${what}=…&amp;metric=…</code>.</p>`
    : html`<p>Nothing is stored of that time.</p>`;
}
