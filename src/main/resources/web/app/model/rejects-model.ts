import type { ServiceClock } from '../core/clock.ts';
import type { LiveConnection, Subscription } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import { FRAMES_PER_SECOND } from '../core/protocol.ts';
import type { RejectItem } from '../core/protocol.ts';
import { RateMeter } from './rate-meter.ts';

/** More than anybody reads; what is older can be asked for with `GET /api/rejects`. */
export const KEPT_REJECTS = 500;

/** How often something was named among the rejects that are kept. */
export interface Count {
  readonly name: string;
  readonly count: number;
}

/** The newest rejects, of the whole fleet or of one device, as they come. */
export class RejectsModel extends Observable {
  readonly rate = new RateMeter();
  readonly #live: LiveConnection;
  readonly #clock: ServiceClock;
  readonly #device: string | undefined;
  #newest: RejectItem[] = [];
  #subscription: Subscription | undefined;
  #heard = false;
  #counted: { readonly of: readonly RejectItem[]; readonly devices: ReadonlyMap<string, number> } | undefined;

  constructor(live: LiveConnection, clock: ServiceClock, device?: string) {
    super();
    this.#live = live;
    this.#clock = clock;
    this.#device = device;
  }

  /** The newest first. */
  get newest(): readonly RejectItem[] {
    return this.#newest;
  }

  /** Whether the service has told what there is. */
  get heard(): boolean {
    return this.#heard;
  }

  start(): void {
    this.#subscription ??= this.#live.subscribe(
      { channel: 'rejects', maxHz: FRAMES_PER_SECOND, ...(this.#device === undefined ? {} : { devices: [this.#device] }) },
      {
        snapshot: (items, first, recovered) => {
          if (first && !recovered) {
            this.#newest = [];
          }
          this.#take(items as readonly RejectItem[]);
        },
        update: (items) => {
          this.rate.add(items.length, this.#clock.now());
          this.#take(items as readonly RejectItem[]);
        },
      },
    );
  }

  stop(): void {
    this.#subscription?.close();
    this.#subscription = undefined;
    this.#newest = [];
    this.#heard = false;
  }

  /** The most frequent first. */
  byCode(): Count[] {
    return this.#countBy((reject) => reject.code);
  }

  /** How many of those that are kept are whose. */
  counts(): ReadonlyMap<string, number> {
    if (this.#counted?.of !== this.#newest) {
      this.#counted = { of: this.#newest, devices: countBy(this.#newest, (reject) => reject.device) };
    }
    return this.#counted.devices;
  }

  byDevice(): Count[] {
    return this.#countBy((reject) => reject.device);
  }

  #countBy(name: (reject: RejectItem) => string): Count[] {
    return [...countBy(this.#newest, name)]
      .map(([named, count]) => ({ name: named, count }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
  }

  #take(items: readonly RejectItem[]): void {
    // Partitions come one after the other in a snapshot, so the order of arrival is not that of time.
    this.#newest = [...items, ...this.#newest].sort((a, b) => b.received - a.received).slice(0, KEPT_REJECTS);
    this.#heard = true;
    this.changed();
  }
}

function countBy(rejects: readonly RejectItem[], name: (reject: RejectItem) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const reject of rejects) {
    counts.set(name(reject), (counts.get(name(reject)) ?? 0) + 1);
  }
  return counts;
}
