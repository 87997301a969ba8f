import type { DeviceRow } from './fleet-model.ts';
import { freshness } from './metric.ts';

/** How a device is there: `http` sends without a connection, `quiet` did so before, `unseen` never sent nor connected. */
export type Presence = 'connected' | 'http' | 'offline' | 'quiet' | 'unseen' | 'disabled';

/** Until then a reading may still be one of the connection that has ended. */
const LINGERS_MS = 10_000;

/** @param now on the service's clock */
export function presenceOf(row: DeviceRow, now: number): Presence {
  if (!row.enabled) {
    return 'disabled';
  }
  if (row.connected === true) {
    return 'connected';
  }
  if (row.lastSeen - (row.since ?? 0) > LINGERS_MS) {
    return freshness(now - row.lastSeen) === 'stale' ? 'quiet' : 'http';
  }
  if (row.connected === false) {
    return 'offline';
  }
  return row.lastSeen === 0 ? 'unseen' : 'quiet';
}
