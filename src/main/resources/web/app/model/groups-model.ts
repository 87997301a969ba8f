import type { ServiceClock } from '../core/clock.ts';
import type { LiveConnection, Subscription } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import type { RollupItem } from '../core/protocol.ts';
import { Metric } from './metric.ts';

/** The running one, the one that may still get readings, and the one that is told. */
const WINDOWS = 3;

/** The newest windows of every metric of every group. */
export class GroupsModel extends Observable {
  readonly groups = new Map<string, Map<string, Metric>>();
  readonly #live: LiveConnection;
  readonly #clock: ServiceClock;
  #subscription: Subscription | undefined;

  constructor(live: LiveConnection, clock: ServiceClock) {
    super();
    this.#live = live;
    this.#clock = clock;
  }

  start(): void {
    this.#subscription ??= this.#live.subscribe(
      // No device and every group.
      { channel: 'rollups', devices: [], window: '1s', maxHz: 2 },
      {
        snapshot: (items) => this.#take(items as readonly RollupItem[], false),
        update: (items) => this.#take(items as readonly RollupItem[], true),
      },
    );
  }

  stop(): void {
    this.#subscription?.close();
    this.#subscription = undefined;
  }

  #take(items: readonly RollupItem[], live: boolean): void {
    const now = this.#clock.now();
    for (const item of items) {
      // A window to come is of one member's wrong clock, and would push out those of all the others.
      if (item.group !== undefined && item.start <= now) {
        this.#metric(item.group, item).take(item, this.#clock, live);
      }
    }
    this.changed();
  }

  #metric(group: string, item: RollupItem): Metric {
    let metrics = this.groups.get(group);
    if (metrics === undefined) {
      metrics = new Map();
      this.groups.set(group, metrics);
    }
    const key = Metric.key(item);
    let metric = metrics.get(key);
    if (metric === undefined) {
      metric = new Metric(item.metric, item.unit ?? '', WINDOWS);
      metrics.set(key, metric);
    }
    return metric;
  }
}
