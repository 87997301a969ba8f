import { LitElement, css, html, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { ServiceClock } from '../core/clock.ts';
import type { LinkState, LiveConnection } from '../core/live-connection.ts';
import { icons } from './icons.ts';
import { shared } from './shared.ts';
import { Watching } from './watching.ts';

const OWN_PROPERTIES = { live: { attribute: false }, clock: { attribute: false } };

/** The connection in one word, always in the header. */
export class SluiceLinkState extends LitElement {
  static override properties = OWN_PROPERTIES;
  static override styles = [
    shared,
    css`
      :host {
        display: inline-flex;
      }
    `,
  ];

  declare live: LiveConnection;
  declare clock: ServiceClock;
  readonly #watching = new Watching(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('live')) {
      this.#watching.watch(this.live);
    }
  }

  override render(): TemplateResult {
    const { name } = this.live.state;
    switch (name) {
      case 'live':
        return html`<span class="pill good" role="status" title=${this.#lag()}>${icons.connected}Live</span>`;
      case 'waiting':
      case 'ended':
        return html`<span class="pill bad" role="status">${icons.offline}Not live</span>`;
      case 'idle':
      case 'connecting':
      case 'resting':
        return html`<span class="pill warn" role="status">${icons.unknown}Connecting</span>`;
    }
  }

  #lag(): string {
    const lag = this.live.welcome?.lagMs;
    return lag === undefined ? 'Connected' : `A reading took ${lag} ms to get here (p95, when this connection opened)`;
  }
}

/** Says in plain words what is wrong with the connection, and nothing while all is well. */
export class SluiceBanner extends LitElement {
  static override properties = OWN_PROPERTIES;
  static override styles = [
    shared,
    css`
      .banner {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        padding: 8px clamp(12px, 2.5vw, 32px);
        background: var(--warn-soft);
        color: var(--warn);
        border-bottom: 1px solid var(--line);
      }

      .button {
        min-height: 30px;
        background: none;
        border-color: currentColor;
      }
    `,
  ];

  declare live: LiveConnection;
  declare clock: ServiceClock;
  readonly #watching = new Watching(this, 500);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('live')) {
      this.#watching.watch(this.live);
    }
  }

  override render(): TemplateResult | typeof nothing {
    const { state } = this.live;
    if (state.name === 'waiting') {
      return this.#waiting(state);
    }
    if (state.name === 'connecting' && state.attempt > 0) {
      return html`<div class="banner" role="alert">${icons.warning}<span>Connecting again … Values stand still until then.</span></div>`;
    }
    return nothing;
  }

  #waiting(state: Extract<LinkState, { name: 'waiting' }>): TemplateResult {
    const seconds = Math.max(0, Math.ceil((state.retryAt - this.clock.now()) / 1000));
    // The countdown is left out of what a screen reader announces: it would speak every second.
    return html`<div class="banner">
      ${icons.warning}
      <span role="alert">${state.why} Values stand still until it is back.</span>
      <span aria-hidden="true" class="number">${seconds === 0 ? 'Trying now …' : `Next try in ${seconds} s.`}</span>
      <button class="button" @click=${() => this.live.retryNow()}>${icons.retry} Try now</button>
    </div>`;
  }
}

customElements.define('sl-link-state', SluiceLinkState);
customElements.define('sl-banner', SluiceBanner);
