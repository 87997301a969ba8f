import { Observable } from './observable.ts';

export type Route =
  | { readonly page: 'fleet' }
  | { readonly page: 'device'; readonly id: string }
  | { readonly page: 'unknown'; readonly path: string };

/**
 * Pages live behind `#`: a deep link then works on reload, and behind any proxy, without the service knowing the
 * console's pages.
 */
export function readRoute(hash: string): Route {
  const path = hash.replace(/^#\/?/, '').replace(/\/$/, '');
  if (path === '') {
    return { page: 'fleet' };
  }
  const match = /^devices\/([^/]+)$/.exec(path);
  if (match?.[1] !== undefined) {
    try {
      return { page: 'device', id: decodeURIComponent(match[1]) };
    } catch {
      return { page: 'unknown', path };
    }
  }
  return { page: 'unknown', path };
}

export function deviceHref(id: string): string {
  return `#/devices/${encodeURIComponent(id)}`;
}

export const FLEET_HREF = '#/';

/** Follows the address bar. */
export class Router extends Observable {
  #route: Route;

  constructor() {
    super();
    this.#route = readRoute(location.hash);
    addEventListener('hashchange', () => {
      this.#route = readRoute(location.hash);
      this.changed();
    });
  }

  get route(): Route {
    return this.#route;
  }
}
