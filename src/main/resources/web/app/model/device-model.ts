import type { ServiceClock } from '../core/clock.ts';
import type { LiveConnection, Subscription } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import { FRAMES_PER_SECOND, windowMillis } from '../core/protocol.ts';
import type { RollupItem } from '../core/protocol.ts';
import type { DeviceRow } from './fleet-model.ts';
import { Metric } from './metric.ts';

/** Windows kept per metric: five minutes of 1 s, 50 minutes of 10 s, five hours of 1 min. */
export const DEVICE_WINDOWS = 300;
/** A device can have 500 metrics; a page of more charts than this serves nobody. */
export const MAX_METRICS = 60;

/** What has metrics of its own. */
export type Source = 'device' | 'group';

/** One device, or one group, watched in one window size. */
export class DeviceModel extends Observable {
  readonly id: string;
  readonly source: Source;
  readonly #live: LiveConnection;
  readonly #clock: ServiceClock;
  #window = '1s';
  #metrics = new Map<string, Metric>();
  #subscription: Subscription | undefined;
  #conflated = 0;
  #notShown = new Set<string>();
  #refused: string | undefined;
  #pausedAt: number | undefined;
  #since = 0;

  constructor(id: string, live: LiveConnection, clock: ServiceClock, source: Source = 'device') {
    super();
    this.id = id;
    this.source = source;
    this.#live = live;
    this.#clock = clock;
  }

  get window(): string {
    return this.#window;
  }

  get windowMs(): number {
    return windowMillis(this.#window);
  }

  get conflated(): number {
    return this.#conflated;
  }

  get refused(): string | undefined {
    return this.#refused;
  }

  /** When watching began, on the service's clock. */
  get since(): number {
    return this.#since;
  }

  /** Metrics beyond what is shown. */
  get notShown(): number {
    return this.#notShown.size;
  }

  /** Charts stand still at this time; undefined while they run. What comes meanwhile is kept. */
  get pausedAt(): number | undefined {
    return this.#pausedAt;
  }

  /** In alphabetical order, so that charts keep their places. */
  metrics(): Metric[] {
    return [...this.#metrics.values()].sort((a, b) => a.name.localeCompare(b.name) || a.unit.localeCompare(b.unit));
  }

  /** @param known what the fleet's page has gathered of this device, in its window of 1 s */
  watchWindow(window: string, known: DeviceRow | undefined): void {
    this.stop();
    this.#window = window;
    this.#metrics = new Map();
    this.#notShown = new Set();
    this.#conflated = 0;
    this.#refused = undefined;
    this.#since = this.#clock.now();
    if (window === '1s' && known !== undefined) {
      this.#adopt(known);
    }
    this.#follow();
    this.changed();
  }

  stop(): void {
    this.#subscription?.close();
    this.#subscription = undefined;
  }

  pause(paused: boolean): void {
    this.#pausedAt = paused ? this.#clock.now() : undefined;
    this.changed();
  }

  /** Mode `latest`: a slow browser then skips what is superseded, where `all` would close the one socket for everything. */
  #follow(): void {
    const wanted = this.source === 'device' ? { devices: [this.id] } : { groups: [this.id] };
    this.#subscription = this.#live.subscribe(
      { channel: 'rollups', ...wanted, window: this.#window, mode: 'latest', maxHz: FRAMES_PER_SECOND },
      {
        snapshot: (items) => this.#take(items as readonly RollupItem[], false),
        update: (items, conflated) => {
          this.#conflated += conflated;
          this.#take(items as readonly RollupItem[], true);
        },
        refused: (error) => {
          this.#refused = error.detail ?? error.code;
          this.changed();
        },
      },
    );
  }

  #adopt(known: DeviceRow): void {
    for (const [key, seen] of known.metrics) {
      if (this.#metrics.size < MAX_METRICS) {
        const metric = new Metric(seen.name, seen.unit, DEVICE_WINDOWS);
        metric.series.absorb(seen.series);
        metric.value = seen.value;
        metric.start = seen.start;
        metric.count = seen.count;
        metric.heardAt = seen.heardAt;
        this.#metrics.set(key, metric);
      }
    }
  }

  #take(items: readonly RollupItem[], live: boolean): void {
    for (const item of items) {
      const key = Metric.key(item);
      let metric = this.#metrics.get(key);
      if (metric === undefined) {
        if (this.#metrics.size >= MAX_METRICS) {
          this.#notShown.add(key);
          continue;
        }
        metric = new Metric(item.metric, item.unit ?? '', DEVICE_WINDOWS);
        this.#metrics.set(key, metric);
      }
      metric.take(item, this.#clock, live);
    }
    this.changed();
  }
}
