import type { ServiceClock } from '../core/clock.ts';
import { windowMillis } from '../core/protocol.ts';
import type { RollupItem } from '../core/protocol.ts';
import { DeviceSeries } from './device-series.ts';

/** How fresh a value is; told in words and by an icon, never by colour alone. */
export type Freshness = 'live' | 'ageing' | 'stale';

const AGEING_MS = 10_000;
const STALE_MS = 30_000;

export function freshness(ageMs: number): Freshness {
  return ageMs < AGEING_MS ? 'live' : ageMs < STALE_MS ? 'ageing' : 'stale';
}

/** As long as readings may need to come in after their window is over. */
const SETTLES_MS = 1000;

/** One metric of one device in one unit: its newest value and its recent windows. */
export class Metric {
  readonly name: string;
  readonly unit: string;
  readonly series: DeviceSeries;
  value: number | string | undefined;
  /** Of the newest window, on the device's clock. */
  start = 0;
  count = 0;
  /** When the newest news of it came, on the service's clock. */
  heardAt = 0;

  constructor(name: string, unit: string, capacity: number) {
    this.name = name;
    this.unit = unit;
    this.series = new DeviceSeries(capacity);
  }

  static key(item: RollupItem): string {
    return `${item.metric}\u0000${item.unit ?? ''}`;
  }

  /**
   * The place in the series of the newest window that is over: a running one has a part of its readings yet, of a group those
   * of some devices. The newest one's where none is over; -1 where there is none.
   */
  lastWhole(windowMs: number, now: number): number {
    const { start } = this.series;
    const at = start.findLastIndex((one) => one + windowMs + SETTLES_MS <= now);
    return at < 0 ? start.length - 1 : at;
  }

  /**
   * Takes a window in.
   *
   * @param live false for a snapshot's items: they may be old, so their own time tells their age
   * @returns how many readings it adds to what was known
   */
  take(item: RollupItem, clock: ServiceClock, live: boolean): number {
    const now = clock.now();
    const isNewest = item.start >= this.start;
    const added = item.start === this.start ? item.count - this.count : isNewest ? item.count : 0;
    if (isNewest) {
      this.start = item.start;
      this.count = item.count;
      this.value = item.last;
      const told = item.start + windowMillis(item.window);
      // A final value repeats what is known: it is no sign of life.
      if (live && added > 0) {
        this.heardAt = now;
      } else if (!live) {
        this.heardAt = Math.max(this.heardAt, Math.min(now, told));
      }
    }
    if (typeof item.last === 'number') {
      const { last } = item;
      this.series.put(item.start, item.min ?? last, item.max ?? last, item.mean ?? last, last, item.count, item.p95);
    }
    return Math.max(0, added);
  }
}
