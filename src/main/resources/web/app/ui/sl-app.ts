import { LitElement, html } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import type { Operator } from '../core/api.ts';
import type { Console } from '../core/console.ts';
import { FLEET_HREF, GROUPS_HREF, NEW_DEVICE_HREF, OPERATORS_HREF, PROFILES_HREF, REJECTS_HREF } from '../core/router.ts';
import type { Route } from '../core/router.ts';
import type { Theme } from '../core/preferences.ts';
import { appStyles } from './app-styles.ts';
import { icons, logo } from './icons.ts';
import { shared } from './shared.ts';
import './sl-banner.ts';
import './sl-device.ts';
import './sl-device-settings.ts';
import './sl-fleet.ts';
import './sl-group.ts';
import './sl-groups.ts';
import './sl-import.ts';
import './sl-login.ts';
import './sl-new-device.ts';
import './sl-operators.ts';
import './sl-profile.ts';
import './sl-profiles.ts';
import './sl-rejects.ts';
import { Watching } from './watching.ts';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON = { system: icons.system, light: icons.sun, dark: icons.moon } as const;

const PLACES: readonly (readonly [string, string, readonly Route['page'][]])[] = [
  [FLEET_HREF, 'Fleet', ['fleet', 'device', 'device-settings']],
  [GROUPS_HREF, 'Groups', ['groups', 'group']],
  [REJECTS_HREF, 'Rejects', ['rejects']],
  [PROFILES_HREF, 'Profiles', ['profiles', 'profile']],
];

const ADMINISTRATORS_PLACES: typeof PLACES = [
  [OPERATORS_HREF, 'Operators', ['operators']],
  [NEW_DEVICE_HREF, 'New device', ['new-device', 'import']],
];

/** The frame: log-in, or header, connection state and a page. */
export class SluiceApp extends LitElement {
  static override properties = { console: { attribute: false } };

  declare console: Console | undefined;
  readonly #watching = new Watching(this);
  #turns = 0;

  static override styles = [shared, appStyles];

  override willUpdate(changed: PropertyValues<this>): void {
    const { console } = this;
    if (changed.has('console') && console !== undefined) {
      this.#watching.watch(console.session, console.router, console.preferences);
    }
  }

  override updated(): void {
    const router = this.console?.router;
    if (router !== undefined && router.turns !== this.#turns) {
      this.#turns = router.turns;
      // By then the page's own elements are drawn, too.
      requestAnimationFrame(() => this.#arrive(router.top));
    }
  }

  override render(): TemplateResult {
    const { console } = this;
    const state = console?.session.state;
    if (console === undefined || state === undefined || state.name === 'unknown') {
      return html`<div class="plain" role="status">${logo(44)}<p class="muted">Opening …</p></div>`;
    }
    switch (state.name) {
      case 'unreachable':
        return html`<div class="plain" role="alert">
          ${logo(44)}
          <p>${state.why}</p>
          <button class="button" @click=${() => void console.session.restore()}>${icons.retry} Try again</button>
        </div>`;
      case 'signed-out':
        return html`<sl-login .session=${console.session}></sl-login>`;
      case 'signed-in':
        return this.#signedIn(console, state.operator);
    }
  }

  #signedIn(console: Console, operator: Operator): TemplateResult {
    const { preferences } = console;
    const { theme, zone } = preferences;
    return html`
      <a class="skip" href="#main" @click=${(event: Event) => this.#skip(event)}>Skip to content</a>
      <header>
        <a class="brand" href=${FLEET_HREF} aria-label="Sluice, fleet">${logo(32)}<span>Sluice</span></a>
        ${this.#navigation(console, operator)}
        <sl-link-state .live=${console.live} .clock=${console.clock}></sl-link-state>
        <span class="space"></span>
        <div class="tools">
          <button class="button" title="Times are shown in ${zone === 'utc' ? 'UTC' : 'local time'}"
            aria-label="Times in ${zone === 'utc' ? 'UTC' : 'local time'}; change"
            @click=${() => (preferences.zone = zone === 'utc' ? 'local' : 'utc')}>
            ${icons.clock}${zone === 'utc' ? 'UTC' : 'Local'}
          </button>
          <button class="button square" title="Appearance: ${theme}" aria-label="Appearance: ${theme}; change"
            @click=${() => (preferences.theme = NEXT_THEME[theme])}>
            ${THEME_ICON[theme]}
          </button>
          <div class="who">${operator.name}<span>${operator.role}</span></div>
          <button class="button square" title="Log out ${operator.name} (${operator.role})"
            aria-label="Log out ${operator.name}, ${operator.role}" @click=${() => void this.#leave(console)}>
            ${icons.leave}
          </button>
        </div>
      </header>
      <sl-banner .live=${console.live} .clock=${console.clock}></sl-banner>
      <main id="main" tabindex="-1">${this.#page(console)}</main>
    `;
  }

  #navigation(console: Console, operator: Operator): TemplateResult {
    const { page } = console.router.route;
    const places = operator.role === 'admin' ? [...PLACES, ...ADMINISTRATORS_PLACES] : PLACES;
    return html`<nav aria-label="Pages">
      ${places.map(
        ([href, label, pages]) =>
          html`<a href=${href} aria-current=${(pages as readonly string[]).includes(page) ? 'page' : 'false'}>${label}</a>`,
      )}
    </nav>`;
  }

  #page(console: Console): TemplateResult {
    const { route } = console.router;
    switch (route.page) {
      case 'fleet':
        return html`<sl-fleet .console=${console} .parameters=${console.router.parameters}></sl-fleet>`;
      case 'device':
        return html`<sl-device .console=${console} .device=${route.id}></sl-device>`;
      case 'device-settings':
        return html`<sl-device-settings .console=${console} .device=${route.id}></sl-device-settings>`;
      case 'groups':
        return html`<sl-groups .console=${console}></sl-groups>`;
      case 'group':
        return html`<sl-group .console=${console} .group=${route.name}></sl-group>`;
      case 'rejects':
        return html`<sl-rejects .console=${console} .parameters=${console.router.parameters}></sl-rejects>`;
      case 'new-device':
        return html`<sl-new-device .console=${console}></sl-new-device>`;
      case 'import':
        return html`<sl-import .console=${console}></sl-import>`;
      case 'profiles':
        return html`<sl-profiles .console=${console}></sl-profiles>`;
      case 'profile':
        return html`<sl-profile .console=${console} .profile=${route.name}></sl-profile>`;
      case 'operators':
        return html`<sl-operators .console=${console}></sl-operators>`;
      case 'unknown':
        return html`<div class="plain">
          <h1>There is no page “${route.path}”.</h1>
          <a href=${FLEET_HREF}>To the fleet</a>
        </div>`;
    }
  }

  async #leave(console: Console): Promise<void> {
    try {
      await console.session.signOut();
    } catch (problem) {
      window.alert(problem instanceof Error ? problem.message : String(problem));
    }
  }

  /** The keyboard, and whoever has the page read aloud, begin at its heading, unless it has chosen a field by itself. */
  #arrive(top: number): void {
    const page = this.renderRoot.querySelector('main > *');
    const heading = (page?.shadowRoot ?? page)?.querySelector('h1');
    if (heading && !page?.shadowRoot?.activeElement) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    scrollTo(0, top);
  }

  /** The address bar belongs to the router, so the link moves the focus itself. */
  #skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector('main')?.focus();
  }
}

customElements.define('sl-app', SluiceApp);
