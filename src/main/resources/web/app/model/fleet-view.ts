import type { DeviceRow } from './fleet-model.ts';
import { freshness } from './metric.ts';
import { presenceOf } from './presence.ts';
import type { Presence } from './presence.ts';

export const SORT_KEYS = ['device', 'state', 'group', 'seen', 'rate', 'rejects'] as const;

export type SortKey = (typeof SORT_KEYS)[number];

export const STATES = ['all', 'connected', 'http', 'offline', 'silent', 'disabled'] as const;

export type DeviceState = (typeof STATES)[number];

export interface FleetQuery {
  readonly text: string;
  readonly state: DeviceState;
  /** Undefined: of every group; empty: of none. */
  readonly group: string | undefined;
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const EVERYTHING: FleetQuery = { text: '', state: 'all', group: undefined, sort: 'device', descending: false };

/** Numbers and times: of these the greatest and the newest are looked for. */
const GREATEST_FIRST: ReadonlySet<SortKey> = new Set(['seen', 'rate', 'rejects']);

/** The order that a column is asked for: its usual one, and the other one after that. */
export function sortedBy(query: FleetQuery, sort: SortKey): Pick<FleetQuery, 'sort' | 'descending'> {
  return { sort, descending: query.sort === sort ? !query.descending : GREATEST_FIRST.has(sort) };
}

/** What of a row is not in the row. */
export interface Facts {
  /** On the service's clock. */
  readonly now: number;
  /** How many of the newest rejects are a device's. */
  readonly rejects: ReadonlyMap<string, number>;
}

/** Those that are there come first. */
const BY_PRESENCE: readonly Presence[] = ['connected', 'http', 'offline', 'quiet', 'unseen', 'disabled'];

/** Up to this many rows are worked out anew whenever they are asked for. */
const SMALL = 500;
const LARGE_EVERY_MS = 1000;

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * The rows that a query leaves, in its order; equal ones by device, so that rows do not dance. Of a large fleet once a
 * second: what moves in between are the rows' values, not the rows. Comparing names takes longest by far, so each row's
 * place among them is kept for as long as the fleet has the same names.
 */
export class FleetView {
  readonly #ranks = new Map<DeviceRow, number>();
  #revision = -1;
  #shown: DeviceRow[] = [];
  #query: FleetQuery | undefined;
  #at = 0;

  /** @param revision another one where rows came, went or changed their names */
  rows(source: Iterable<DeviceRow>, revision: number, query: FleetQuery, facts: Facts): DeviceRow[] {
    const age = facts.now - this.#at;
    const isFresh = this.#query === query && age >= 0 && age < LARGE_EVERY_MS;
    if (isFresh && this.#ranks.size > SMALL) {
      return this.#shown;
    }
    if (this.#revision !== revision) {
      this.#revision = revision;
      this.#rank(source);
    }
    this.#query = query;
    this.#at = facts.now;
    this.#shown = this.#select(query, facts);
    return this.#shown;
  }

  #rank(source: Iterable<DeviceRow>): void {
    this.#ranks.clear();
    const byName = [...source].sort((a, b) => COLLATOR.compare(a.title, b.title) || COLLATOR.compare(a.id, b.id));
    byName.forEach((row, rank) => this.#ranks.set(row, rank));
  }

  #select(query: FleetQuery, facts: Facts): DeviceRow[] {
    const words = query.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const left: DeviceRow[] = [];
    for (const row of this.#ranks.keys()) {
      if (inState(row, query.state, facts.now) && inGroup(row, query.group) && matchesText(row, words)) {
        left.push(row);
      }
    }
    // Left in the order of names already, and sorting is stable.
    if (query.sort === 'device') {
      return query.descending ? left.reverse() : left;
    }
    const sign = query.descending ? -1 : 1;
    const compare = comparison(query.sort, left, facts);
    return left.sort((a, b) => sign * compare(a, b));
  }
}

function inState(row: DeviceRow, state: DeviceState, now: number): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'connected':
      return row.connected === true;
    case 'http':
      return presenceOf(row, now) === 'http';
    case 'offline':
      return row.connected !== true && presenceOf(row, now) !== 'http';
    case 'silent':
      return isSilent(row, now);
    case 'disabled':
      return !row.enabled;
  }
}

/** Connected, and without news for long. */
export function isSilent(row: DeviceRow, now: number): boolean {
  return row.connected === true && freshness(now - row.lastSeen) === 'stale';
}

function inGroup(row: DeviceRow, group: string | undefined): boolean {
  return group === undefined || row.group === group;
}

function matchesText(row: DeviceRow, words: readonly string[]): boolean {
  if (words.length === 0) {
    return true;
  }
  const metrics = [...row.metrics.values()].map((metric) => metric.name).join(' ');
  const text = `${row.id} ${row.name} ${row.group} ${row.profile} ${metrics}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function comparison(
  key: Exclude<SortKey, 'device'>,
  rows: readonly DeviceRow[],
  facts: Facts,
): (a: DeviceRow, b: DeviceRow) => number {
  switch (key) {
    case 'state':
      return (a, b) => BY_PRESENCE.indexOf(presenceOf(a, facts.now)) - BY_PRESENCE.indexOf(presenceOf(b, facts.now));
    case 'group': {
      const names = [...new Set(rows.map((row) => row.group))].sort((a, b) => COLLATOR.compare(a, b));
      const place = new Map(names.map((name, at) => [name, at]));
      return (a, b) => (place.get(a.group) ?? 0) - (place.get(b.group) ?? 0);
    }
    case 'seen':
      return (a, b) => a.lastSeen - b.lastSeen;
    case 'rate':
      return (a, b) => a.readings.perSecond(facts.now) - b.readings.perSecond(facts.now);
    case 'rejects':
      return (a, b) => (facts.rejects.get(a.id) ?? 0) - (facts.rejects.get(b.id) ?? 0);
  }
}

/** Which rows of a long table are in the window, with some beyond either edge so that scrolling shows no blank. */
export function visibleRange(
  count: number,
  rowHeight: number,
  top: number,
  viewHeight: number,
): { readonly from: number; readonly to: number } {
  const margin = 8;
  const first = Math.floor(-top / rowHeight) - margin;
  const last = Math.ceil((viewHeight - top) / rowHeight) + margin;
  const from = Math.min(Math.max(0, first), Math.max(0, count - 1));
  return { from, to: Math.min(count, Math.max(last, from)) };
}
