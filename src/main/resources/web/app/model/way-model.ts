import type { ServiceClock } from '../core/clock.ts';
import type { LiveConnection, Socket, Timers } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import { FRAMES_PER_SECOND, PING_FRAME, readFrame } from '../core/protocol.ts';

/** What `lagMs` looks back on, so that nothing is left out between two looks. */
const LOOK_EVERY_MS = 10_000;
const PATIENCE_MS = 8_000;
/** Ten minutes. */
const KEPT = 60;
/** After this long without another, what was measured is no longer how it is. */
export const WAY_STALE_MS = 30_000;

/** The parts of a reading's way to this page, ms; 95 of 100 readings need no longer than {@link total}. */
export class Way {
  /** From its arrival to its rollup's arrival at the instance that serves this page, p95 of ten seconds. */
  readonly toInstance: number;
  /** Until the next frame, at most. */
  readonly toFrame = 1000 / FRAMES_PER_SECOND;
  /** Half of a ping's round trip. */
  readonly toPage: number;
  readonly measuredAt: number;

  constructor(toInstance: number, toPage: number, measuredAt: number) {
    this.toInstance = toInstance;
    this.toPage = toPage;
    this.measuredAt = measuredAt;
  }

  get total(): number {
    return this.toInstance + this.toFrame + this.toPage;
  }
}

/**
 * How long readings are on their way to this page. The protocol tells it in a `welcome` and nowhere else, so while somebody
 * looks a second connection is opened every ten seconds, for its welcome and one ping, and closed again.
 */
export class WayModel extends Observable {
  readonly #open: () => Socket;
  readonly #live: LiveConnection;
  readonly #clock: ServiceClock;
  readonly #timers: Timers;
  readonly #isHidden: () => boolean;
  #socket: Socket | undefined;
  #timer: number | undefined;
  #patience: number | undefined;
  #newest: Way | undefined;
  #history: number[] = [];

  constructor(open: () => Socket, live: LiveConnection, clock: ServiceClock, timers: Timers, isHidden: () => boolean) {
    super();
    this.#open = open;
    this.#live = live;
    this.#clock = clock;
    this.#timers = timers;
    this.#isHidden = isHidden;
  }

  /** Undefined where no reading was on its way, or nothing was heard of any for long. */
  get newest(): Way | undefined {
    return this.#newest !== undefined && this.#clock.now() - this.#newest.measuredAt < WAY_STALE_MS ? this.#newest : undefined;
  }

  /** Totals, oldest first. */
  get history(): readonly number[] {
    return this.#history;
  }

  start(): void {
    this.#timer ??= this.#timers.set(() => this.#look(), 0);
  }

  stop(): void {
    if (this.#timer !== undefined) {
      this.#timers.clear(this.#timer);
      this.#timer = undefined;
    }
    this.#done();
  }

  #look(): void {
    this.#done();
    this.#timer = this.#timers.set(() => this.#look(), LOOK_EVERY_MS);
    if (this.#isHidden() || this.#live.state.name !== 'live') {
      return;
    }
    const socket = this.#open();
    let lagMs = 0;
    let pingedAt = 0;
    socket.onmessage = ({ data }) => {
      const frame = typeof data === 'string' ? readFrame(data) : undefined;
      if (frame?.kind === 'welcome') {
        lagMs = frame.body.lagMs ?? 0;
        pingedAt = this.#clock.now();
        socket.send(PING_FRAME);
      } else if (frame?.kind === 'pong') {
        this.#measured(lagMs, Math.max(0, this.#clock.now() - pingedAt) / 2);
      }
    };
    // Why it failed is the other connection's business, which then says so.
    socket.onclose = () => this.#done();
    this.#socket = socket;
    this.#patience = this.#timers.set(() => this.#done(), PATIENCE_MS);
  }

  #measured(lagMs: number, toPage: number): void {
    this.#done();
    // 0 is the service's word for none.
    this.#newest = lagMs === 0 ? undefined : new Way(lagMs, toPage, this.#clock.now());
    if (this.#newest !== undefined) {
      this.#history = [...this.#history, this.#newest.total].slice(-KEPT);
    }
    this.changed();
  }

  #done(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (this.#patience !== undefined) {
      this.#timers.clear(this.#patience);
      this.#patience = undefined;
    }
    if (socket !== undefined) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close(1000);
    }
  }
}
