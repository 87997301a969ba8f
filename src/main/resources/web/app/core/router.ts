import { Observable } from './observable.ts';

export type Route =
  | { readonly page: 'fleet' }
  | { readonly page: 'device'; readonly id: string }
  | { readonly page: 'device-settings'; readonly id: string }
  | { readonly page: 'groups' }
  | { readonly page: 'group'; readonly name: string }
  | { readonly page: 'rejects' }
  | { readonly page: 'new-device' }
  | { readonly page: 'import' }
  | { readonly page: 'profiles' }
  | { readonly page: 'operators' }
  | { readonly page: 'profile'; readonly name: string | undefined }
  | { readonly page: 'unknown'; readonly path: string };

const PLAIN: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['groups', { page: 'groups' }],
  ['rejects', { page: 'rejects' }],
  ['new-device', { page: 'new-device' }],
  ['import', { page: 'import' }],
  ['profiles', { page: 'profiles' }],
  ['operators', { page: 'operators' }],
  ['new-profile', { page: 'profile', name: undefined }],
]);

/**
 * Pages live behind `#`: a deep link then works on reload, and behind any proxy, without the service knowing the
 * console's pages.
 */
export function readRoute(hash: string): Route {
  const path = hash.replace(/\?.*$/s, '').replace(/^#\/?/, '').replace(/\/$/, '');
  if (path === '') {
    return { page: 'fleet' };
  }
  const plain = PLAIN.get(path);
  if (plain !== undefined) {
    return plain;
  }
  const match = /^(devices|groups|profiles)\/([^/]+)(\/settings)?$/.exec(path);
  if (match?.[2] === undefined) {
    return { page: 'unknown', path };
  }
  try {
    return named(match[1], decodeURIComponent(match[2]), match[3] !== undefined) ?? { page: 'unknown', path };
  } catch {
    return { page: 'unknown', path };
  }
}

/** How the page is shown: what stands behind a `?` after the page's own address. */
export function readParameters(hash: string): URLSearchParams {
  const at = hash.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : hash.slice(at + 1));
}

function named(kind: string | undefined, name: string, settings: boolean): Route | undefined {
  if (kind === 'devices') {
    return { page: settings ? 'device-settings' : 'device', id: name };
  }
  return settings ? undefined : { page: kind === 'groups' ? 'group' : 'profile', name };
}

export function deviceHref(id: string): string {
  return `#/devices/${encodeURIComponent(id)}`;
}

export function deviceSettingsHref(id: string): string {
  return `${deviceHref(id)}/settings`;
}

export function groupHref(name: string): string {
  return `#/groups/${encodeURIComponent(name)}`;
}

export function profileHref(name: string): string {
  return `#/profiles/${encodeURIComponent(name)}`;
}

/** The rejects of one device. */
export function rejectsHref(device: string): string {
  return `${REJECTS_HREF}?${new URLSearchParams({ device })}`;
}

export const FLEET_HREF = '#/';
export const GROUPS_HREF = '#/groups';
export const REJECTS_HREF = '#/rejects';
export const NEW_DEVICE_HREF = '#/new-device';
export const IMPORT_HREF = '#/import';
export const PROFILES_HREF = '#/profiles';
export const OPERATORS_HREF = '#/operators';
export const NEW_PROFILE_HREF = '#/new-profile';

/**
 * Follows the address bar, and keeps where each page of the browser's history was scrolled to: by itself a browser leaves a
 * new page where the one before was, and restores an old one before it is drawn.
 */
export class Router extends Observable {
  #route: Route;
  #parameters: URLSearchParams;
  #depth: number;
  #turns = 0;
  #fleet = new URLSearchParams();
  readonly #tops: number[] = [];

  constructor() {
    super();
    this.#route = readRoute(location.hash);
    this.#parameters = readParameters(location.hash);
    history.scrollRestoration = 'manual';
    this.#depth = depthOf(history.state) ?? 0;
    history.replaceState({ depth: this.#depth }, '');
    addEventListener('hashchange', () => this.#turn());
  }

  get route(): Route {
    return this.#route;
  }

  /** Another object whenever they are others. */
  get parameters(): URLSearchParams {
    return this.#parameters;
  }

  /** Writes into the address how the page is shown, for Back, a reload and whoever gets the link; that is no new page. */
  show(parameters: URLSearchParams): void {
    const path = location.hash.replace(/\?.*$/s, '');
    const query = parameters.toString();
    this.#parameters = parameters;
    this.changed();
    try {
      history.replaceState(history.state, '', `${path === '' ? '#/' : path}${query === '' ? '' : `?${query}`}`);
    } catch {
      // Safari refuses more than a hundred in half a minute; the page is right, and the next one writes it all.
    }
  }

  /** The fleet with the search, filters and order that it was left with. */
  get fleetHref(): string {
    const query = this.#fleet.toString();
    return query === '' ? FLEET_HREF : `${FLEET_HREF}?${query}`;
  }

  /** How often another page was gone to. */
  get turns(): number {
    return this.#turns;
  }

  /** Where the page was scrolled to when it was left, px; 0 for a new one. */
  get top(): number {
    return this.#tops[this.#depth] ?? 0;
  }

  #turn(): void {
    this.#tops[this.#depth] = scrollY;
    if (this.#route.page === 'fleet') {
      this.#fleet = this.#parameters;
    }
    const depth = depthOf(history.state);
    if (depth === undefined) {
      this.#depth += 1;
      // A new page ends what could be gone forth to.
      this.#tops.length = this.#depth;
      history.replaceState({ depth: this.#depth }, '');
    } else {
      this.#depth = depth;
    }
    this.#turns += 1;
    this.#route = readRoute(location.hash);
    this.#parameters = readParameters(location.hash);
    this.changed();
  }
}

/** @returns undefined for an entry of the history that a link has just made */
function depthOf(state: unknown): number | undefined {
  return typeof state === 'object' && state !== null && 'depth' in state && typeof state.depth === 'number'
    ? state.depth
    : undefined;
}
