import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatCount, formatMany, formatRate } from '../core/format.ts';
import { KEPT_REJECTS } from '../model/rejects-model.ts';
import type { Count } from '../model/rejects-model.ts';
import { shared } from './shared.ts';
import { codeInWords } from './sl-reject-list.ts';
import { Watching } from './watching.ts';

const NAMED = 12;
const SHOWN = 100;

/** What comes in wrong: by code, by device, and each one with its reason. */
export class SluiceRejects extends LitElement {
  static override properties = {
    console: { attribute: false },
    parameters: { attribute: false },
  };

  declare console: Console;
  /** The address's: `code` and `device` leave out what is others'. */
  declare parameters: URLSearchParams;
  readonly #watching = new Watching(this, 1000);

  static override styles = [
    shared,
    css`
      h1 {
        margin: 0 0 12px;
        font-size: 20px;
        letter-spacing: -0.01em;
      }

      h1 small {
        font-size: 14px;
        font-weight: 450;
        color: var(--muted);
      }

      .counts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin: 0 0 12px;
      }

      .counts h2 {
        flex-basis: 100%;
        margin: 0;
        font-size: 13px;
        font-weight: 550;
        color: var(--muted);
      }

      .button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
        font-weight: 600;
      }

      .empty {
        padding: 48px 24px;
        text-align: center;
      }

      footer {
        padding: 12px 4px;
        font-size: 13px;
      }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('console')) {
      this.#watching.watch(this.console.rejects, this.console.preferences);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = 'Rejects · Sluice';
  }

  override render(): TemplateResult {
    const { rejects, clock, preferences } = this.console;
    const now = clock.now();
    const code = this.parameters.get('code');
    const device = this.parameters.get('device');
    const wanted = rejects.newest.filter(
      (reject) => (code === null || reject.code === code) && (device === null || reject.device === device),
    );
    return html`
      <h1>Rejects <small class="number">${formatRate(rejects.rate.perSecond(now))} per second</small></h1>
      ${this.#counts('By reason', 'code', rejects.byCode(), codeInWords)}
      ${this.#counts('By device', 'device', rejects.byDevice(), (id) => id)}
      ${wanted.length === 0
        ? this.#empty()
        : html`<sl-reject-list .items=${wanted.slice(0, SHOWN)} .now=${now} .zone=${preferences.zone}
            .api=${this.console.api}></sl-reject-list>`}
      <footer class="muted">
        ${wanted.length > SHOWN ? `The newest ${SHOWN} of ${formatCount(wanted.length)}. ` : ''}The page knows the newest
        ${formatMany(KEPT_REJECTS, 'reject')}; what was refused is kept whole on the topic readings.rejected.
      </footer>
    `;
  }

  #counts(
    title: string,
    parameter: 'code' | 'device',
    counts: readonly Count[],
    words: (name: string) => string,
  ): TemplateResult | typeof nothing {
    const chosen = this.parameters.get(parameter);
    // What is chosen can be let go, however few there are of it.
    const named = counts.filter(({ name }, at) => at < NAMED || name === chosen);
    const rest = counts.length - named.length;
    if (chosen !== null && !named.some(({ name }) => name === chosen)) {
      named.push({ name: chosen, count: 0 });
    }
    if (named.length === 0) {
      return nothing;
    }
    return html`<section class="counts" aria-label=${title}>
      <h2>${title}</h2>
      ${named.map(
        ({ name, count }) => html`<button class="button" aria-pressed=${name === chosen ? 'true' : 'false'}
          @click=${() => this.#choose(parameter, name === chosen ? undefined : name)}>${words(name)}
          <span class="number muted">${formatCount(count)}</span></button>`,
      )}
      ${rest > 0 ? html`<span class="muted">and ${formatCount(rest)} more</span>` : nothing}
    </section>`;
  }

  #empty(): TemplateResult {
    const { rejects } = this.console;
    if (!rejects.heard) {
      return html`<div class="card empty muted" role="status">Asking for the newest rejects …</div>`;
    }
    return rejects.newest.length === 0
      ? html`<div class="card empty"><p>Nothing was refused.</p><p class="muted">It would be listed here as it comes in.</p></div>`
      : html`<div class="card empty"><p>None of these.</p>
          <button class="button" @click=${() => this.console.router.show(new URLSearchParams())}>Show all</button></div>`;
  }

  #choose(parameter: 'code' | 'device', name: string | undefined): void {
    const parameters = new URLSearchParams(this.parameters);
    if (name === undefined) {
      parameters.delete(parameter);
    } else {
      parameters.set(parameter, name);
    }
    this.console.router.show(parameters);
  }
}

customElements.define('sl-rejects', SluiceRejects);
