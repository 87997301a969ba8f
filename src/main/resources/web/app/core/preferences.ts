import type { Zone } from './format.ts';
import { Observable } from './observable.ts';

export type Theme = 'system' | 'light' | 'dark';

/** How this browser likes it; kept in its local storage where that is allowed. */
export class Preferences extends Observable {
  #theme: Theme = read('sluice.theme', ['system', 'light', 'dark'], 'system');
  #zone: Zone = read('sluice.zone', ['local', 'utc'], 'local');

  constructor() {
    super();
    this.#apply();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changed());
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    write('sluice.theme', theme);
    this.#apply();
    this.changed();
  }

  get zone(): Zone {
    return this.#zone;
  }

  set zone(zone: Zone) {
    this.#zone = zone;
    write('sluice.zone', zone);
    this.changed();
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.#theme;
  }
}

function read<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  try {
    const kept = localStorage.getItem(key);
    return allowed.find((one) => one === kept) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}
