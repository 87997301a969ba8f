import type { Api } from '../core/api.ts';
import type { ServiceClock } from '../core/clock.ts';
import type { LiveConnection, Subscription, Timers } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import { windowMillis } from '../core/protocol.ts';
import type { RollupItem } from '../core/protocol.ts';
import type { Source } from './device-model.ts';
import { Metric } from './metric.ts';
import type { TimeRange } from './zoom.ts';

export type Span = 'hour' | 'day' | 'week';

/** As many points as a chart has room for; their length divides the span. */
const SPANS: Readonly<Record<Span, { readonly ms: number; readonly points: number }>> = {
  hour: { ms: 3_600_000, points: 60 },
  day: { ms: 86_400_000, points: 288 },
  week: { ms: 604_800_000, points: 336 },
};
const STORED_WINDOW = '1m';
const ASK_EVERY_MS = 60_000;
/** While no metric is known to ask for. */
const UNKNOWN_MS = 2_000;
/** While the page is hidden it only looks whether it is shown again. */
const HIDDEN_MS = 2_000;

/**
 * What is stored of a device's or a group's metrics. An hour is shown in the stored windows themselves, and those of the
 * live stream go on where the stored ones end: they have the same starts, so there is no seam.
 */
export class HistoryModel extends Observable {
  readonly #id: string;
  readonly #source: Source;
  readonly #api: Api;
  readonly #live: LiveConnection;
  readonly #clock: ServiceClock;
  readonly #timers: Timers;
  readonly #isHidden: () => boolean;
  #span: Span | undefined;
  /** What an answer belongs to that comes when something else is shown already. */
  #turn = 0;
  #names: () => readonly string[] = () => [];
  #metrics = new Map<string, Metric>();
  #subscription: Subscription | undefined;
  #timer: number | undefined;
  #problem: string | undefined;
  #loaded = false;
  #unknown = false;

  constructor(
    id: string,
    api: Api,
    live: LiveConnection,
    clock: ServiceClock,
    timers: Timers,
    isHidden: () => boolean,
    source: Source = 'device',
  ) {
    super();
    this.#isHidden = isHidden;
    this.#id = id;
    this.#source = source;
    this.#api = api;
    this.#live = live;
    this.#clock = clock;
    this.#timers = timers;
  }

  /** Undefined while nothing is shown. */
  get span(): Span | undefined {
    return this.#span;
  }

  get windowMs(): number {
    return this.#span === undefined ? windowMillis(STORED_WINDOW) : stepOf(this.#span);
  }

  /** The time that is shown, whatever of it is stored: whole points, the running one among them. */
  range(now: number): TimeRange {
    return rangeOf(this.#span ?? 'hour', now);
  }

  /** Whether it could not be asked for anything: no metric has been heard of. */
  get unknown(): boolean {
    return this.#unknown;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Plain words, or undefined when all is well. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** In alphabetical order, as the live ones. */
  metrics(): Metric[] {
    return [...this.#metrics.values()].sort((a, b) => a.name.localeCompare(b.name) || a.unit.localeCompare(b.unit));
  }

  /** @param names of the metrics to ask for, as they are known at the moment */
  show(span: Span, names: () => readonly string[]): void {
    this.stop();
    this.#span = span;
    this.#names = names;
    if (span === 'hour') {
      this.#subscription = this.#live.subscribe(
        { channel: 'rollups', [`${this.#source}s` as const]: [this.#id], window: STORED_WINDOW, maxHz: 1 },
        {
          snapshot: (items) => this.#take(items as readonly RollupItem[]),
          update: (items) => this.#take(items as readonly RollupItem[]),
        },
      );
    }
    this.changed();
    void this.#ask(span, this.#turn);
  }

  stop(): void {
    this.#turn += 1;
    this.#subscription?.close();
    this.#subscription = undefined;
    if (this.#timer !== undefined) {
      this.#timers.clear(this.#timer);
      this.#timer = undefined;
    }
    this.#span = undefined;
    this.#metrics = new Map();
    this.#problem = undefined;
    this.#loaded = false;
  }

  /** One metric after the other: the service answers a few questions at a time, and others ask, too. */
  async #ask(span: Span, turn: number): Promise<void> {
    if (this.#isHidden()) {
      // Nobody looks; the page asks again soon after it is shown.
      this.#timer = this.#timers.set(() => void this.#ask(span, turn), HIDDEN_MS);
      return;
    }
    const { from, to } = rangeOf(span, this.#clock.now());
    const names = [...new Set(this.#names())];
    let problem: string | undefined;
    try {
      for (const metric of names) {
        const items = await this.#api.rollups({
          [this.#source]: this.#id,
          metric,
          from,
          to,
          points: SPANS[span].points + 1,
        });
        if (this.#turn !== turn) {
          return;
        }
        this.#take(items);
      }
    } catch (refusal) {
      problem = refusal instanceof Error ? refusal.message : String(refusal);
    }
    if (this.#turn === turn) {
      this.#problem = problem;
      this.#loaded = true;
      this.#unknown = names.length === 0;
      const pause = this.#unknown ? UNKNOWN_MS : ASK_EVERY_MS;
      this.#timer = this.#timers.set(() => void this.#ask(span, turn), pause);
      this.changed();
    }
  }

  #take(items: readonly RollupItem[]): void {
    const span = this.#span;
    if (span === undefined) {
      return;
    }
    for (const item of items) {
      const key = Metric.key(item);
      let metric = this.#metrics.get(key);
      if (metric === undefined) {
        metric = new Metric(item.metric, item.unit ?? '', SPANS[span].points + 1);
        this.#metrics.set(key, metric);
      }
      metric.take(item, this.#clock, false);
    }
    this.changed();
  }
}

function rangeOf(span: Span, now: number): TimeRange {
  const { ms } = SPANS[span];
  const step = stepOf(span);
  const from = Math.floor((now - ms) / step) * step;
  return { from, to: from + ms + step };
}

function stepOf(span: Span): number {
  return SPANS[span].ms / SPANS[span].points;
}
