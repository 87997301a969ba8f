import type { DeviceRow } from './fleet-model.ts';

export type SortKey = 'device' | 'state' | 'group' | 'seen';

export interface FleetQuery {
  readonly text: string;
  readonly state: 'all' | 'connected' | 'offline';
  readonly sort: SortKey;
  readonly descending: boolean;
}

export const EVERYTHING: FleetQuery = { text: '', state: 'all', sort: 'device', descending: false };

const COLLATOR = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The rows that a query leaves, in its order; equal ones by device, so that rows do not dance. */
export function fleetView(rows: Iterable<DeviceRow>, query: FleetQuery): DeviceRow[] {
  const words = query.text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const left: DeviceRow[] = [];
  for (const row of rows) {
    if (matchesState(row, query.state) && matchesText(row, words)) {
      left.push(row);
    }
  }
  const sign = query.descending ? -1 : 1;
  return left.sort((a, b) => sign * compare(a, b, query.sort) || COLLATOR.compare(a.id, b.id));
}

function matchesState(row: DeviceRow, state: FleetQuery['state']): boolean {
  return state === 'all' || (row.connected === true) === (state === 'connected');
}

function matchesText(row: DeviceRow, words: readonly string[]): boolean {
  if (words.length === 0) {
    return true;
  }
  const metrics = [...row.metrics.values()].map((metric) => metric.name).join(' ');
  const text = `${row.id} ${row.name} ${row.group} ${row.profile} ${metrics}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function compare(a: DeviceRow, b: DeviceRow, key: SortKey): number {
  switch (key) {
    case 'device':
      return COLLATOR.compare(a.title, b.title);
    case 'state':
      return Number(b.connected === true) - Number(a.connected === true);
    case 'group':
      return COLLATOR.compare(a.group, b.group);
    case 'seen':
      return b.lastSeen - a.lastSeen;
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
