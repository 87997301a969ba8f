import { Backoff } from './backoff.ts';
import type { ServiceClock } from './clock.ts';
import { Observable } from './observable.ts';
import { PING_FRAME, readFrame, subscribeFrame, unsubscribeFrame } from './protocol.ts';
import type { Interest, ProtocolError, ServerFrame, Snapshot, Update, Welcome } from './protocol.ts';

/** What happens to the items of one subscription. */
export interface Sink {
  /** The state now, complete; what was known before is void unless `recovered`. Large ones come in several calls. */
  snapshot(items: readonly unknown[], first: boolean, recovered: boolean): void;
  update(items: readonly unknown[], conflated: number): void;
  /** The service refused this subscription. */
  refused?(error: ProtocolError): void;
}

export interface Subscription {
  close(): void;
}

/** The part of a WebSocket that is used here; tests bring their own. */
export interface Socket {
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  send(text: string): void;
  close(code?: number): void;
}

/** Time, injected. */
export interface Timers {
  set(callback: () => void, ms: number): number;
  clear(id: number): void;
}

export type LinkState =
  | { readonly name: 'idle' }
  | { readonly name: 'connecting'; readonly attempt: number }
  | { readonly name: 'live'; readonly since: number }
  | { readonly name: 'waiting'; readonly attempt: number; readonly retryAt: number; readonly why: string }
  | { readonly name: 'resting' }
  | { readonly name: 'ended'; readonly why: string };

/** Nothing for this long: ask for a sign of life; still nothing: the peer is gone, whatever TCP says. */
const QUIET_MS = 20_000;
const PONG_MS = 8_000;
const STABLE_MS = 60_000;

class Entry {
  readonly interest: Interest;
  readonly sink: Sink;
  wireId = 0;
  position: string | undefined;
  inSnapshot = false;
  recovering = false;

  constructor(interest: Interest, sink: Sink) {
    this.interest = interest;
    this.sink = sink;
  }
}

/**
 * The one socket to `/live`: keeps subscriptions over reconnects, and asks with `since` for what was missed.
 *
 * Transitions: idle → connecting → live → waiting → connecting …; any → resting (hidden tab) → connecting; any → ended
 * (session over, role lost), from where only {@link start} leads back.
 */
export class LiveConnection extends Observable {
  readonly #open: () => Socket;
  readonly #clock: ServiceClock;
  readonly #timers: Timers;
  readonly #backoff: Backoff;
  readonly #entries = new Set<Entry>();
  readonly #byWireId = new Map<number, Entry>();
  #socket: Socket | undefined;
  #state: LinkState = { name: 'idle' };
  #welcome: Welcome | undefined;
  #nextId = 1;
  #timer: number | undefined;
  #stable: number | undefined;
  #goawayMs: number | undefined;

  constructor(open: () => Socket, clock: ServiceClock, timers: Timers, backoff: Backoff = new Backoff()) {
    super();
    this.#open = open;
    this.#clock = clock;
    this.#timers = timers;
    this.#backoff = backoff;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Of the newest connection; windows and lag may differ between them. */
  get welcome(): Welcome | undefined {
    return this.#welcome;
  }

  start(): void {
    if (this.#state.name === 'connecting' || this.#state.name === 'live') {
      return;
    }
    this.#connect();
  }

  /** Lets the socket go while nobody looks; {@link start} picks up where it ended. */
  rest(): void {
    if (this.#state.name !== 'ended' && this.#state.name !== 'idle') {
      this.#drop({ name: 'resting' });
    }
  }

  stop(): void {
    this.#drop({ name: 'idle' });
  }

  /** The network came back, or someone pressed the button: no reason to wait the back-off out. */
  retryNow(): void {
    if (this.#state.name === 'waiting') {
      this.#connect();
    }
  }

  subscribe(interest: Interest, sink: Sink): Subscription {
    const entry = new Entry(interest, sink);
    this.#entries.add(entry);
    if (this.#state.name === 'live') {
      this.#send(entry);
    }
    return {
      close: () => {
        this.#entries.delete(entry);
        if (this.#byWireId.delete(entry.wireId) && this.#state.name === 'live') {
          this.#socket?.send(unsubscribeFrame(entry.wireId));
        }
      },
    };
  }

  #connect(): void {
    this.#release();
    const socket = this.#open();
    this.#socket = socket;
    this.#enter({ name: 'connecting', attempt: this.#backoff.attempt });
    socket.onmessage = (event) => this.#received(event.data);
    socket.onclose = (event) => this.#closed(event.code);
    this.#arm(PONG_MS * 2, () => this.#giveUp());
  }

  #received(data: unknown): void {
    this.#listen();
    const frame = typeof data === 'string' ? readFrame(data) : undefined;
    if (frame !== undefined) {
      this.#dispatch(frame);
    }
  }

  #dispatch(frame: ServerFrame): void {
    switch (frame.kind) {
      case 'welcome':
        this.#welcomed(frame.body);
        break;
      case 'snapshot':
        this.#snapshot(frame.body);
        break;
      case 'update':
        this.#update(frame.body);
        break;
      case 'error':
        this.#refused(frame.body);
        break;
      case 'goaway':
        this.#goawayMs = Math.max(0, frame.body.reconnectAfterMs);
        break;
      case 'pong':
        break;
    }
  }

  #welcomed(welcome: Welcome): void {
    this.#welcome = welcome;
    this.#clock.synchronise(welcome.time);
    this.#stable = this.#timers.set(() => this.#backoff.reset(), STABLE_MS);
    this.#enter({ name: 'live', since: this.#clock.now() });
    for (const entry of this.#entries) {
      this.#send(entry);
    }
  }

  #snapshot(body: Snapshot): void {
    const entry = this.#byWireId.get(body.id);
    if (entry === undefined) {
      return;
    }
    // A recovery that was not taken in time is given up, and all begins anew.
    const first = !entry.inSnapshot || (entry.recovering && !body.recovered);
    entry.inSnapshot = body.more;
    entry.recovering = body.recovered;
    // Only behind the last part is everything before the position really here.
    if (!body.more) {
      entry.position = body.position ?? entry.position;
    }
    entry.sink.snapshot(body.items, first, body.recovered);
  }

  #update(body: Update): void {
    const entry = this.#byWireId.get(body.id);
    if (entry !== undefined) {
      entry.position = body.position ?? entry.position;
      entry.sink.update(body.items, body.conflated ?? 0);
    }
  }

  #refused(error: ProtocolError): void {
    const entry = error.id === undefined ? undefined : this.#byWireId.get(error.id);
    entry?.sink.refused?.(error);
  }

  #closed(code: number): void {
    const wasLive = this.#state.name === 'live';
    this.#release();
    if (code === 4401) {
      this.#enter({ name: 'ended', why: 'Your session has ended.' });
      return;
    }
    if (code === 4403) {
      this.#enter({ name: 'ended', why: 'Your role does not allow the live view any more.' });
      return;
    }
    const restart = this.#goawayMs;
    this.#goawayMs = undefined;
    const delay = restart ?? this.#backoff.nextDelayMs();
    const why = restart !== undefined || code === 1012 ? 'The service is restarting.' : reason(wasLive);
    this.#enter({ name: 'waiting', attempt: this.#backoff.attempt, retryAt: this.#clock.now() + delay, why });
    this.#arm(delay, () => this.#connect());
  }

  /** A new id each time: the protocol takes an id once per connection. */
  #send(entry: Entry): void {
    entry.wireId = this.#nextId++;
    entry.inSnapshot = false;
    entry.recovering = false;
    this.#byWireId.set(entry.wireId, entry);
    this.#socket?.send(subscribeFrame(entry.wireId, entry.interest, entry.position));
  }

  #listen(): void {
    this.#arm(QUIET_MS, () => {
      this.#socket?.send(PING_FRAME);
      this.#arm(PONG_MS, () => this.#giveUp());
    });
  }

  /** Does not wait for the close handshake: a peer that is silent will not take part in it. */
  #giveUp(): void {
    this.#closed(1006);
  }

  #drop(state: LinkState): void {
    this.#release();
    this.#enter(state);
  }

  #release(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#byWireId.clear();
    this.#disarm();
    if (this.#stable !== undefined) {
      this.#timers.clear(this.#stable);
      this.#stable = undefined;
    }
    if (socket !== undefined) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close(1000);
    }
  }

  #arm(ms: number, callback: () => void): void {
    this.#disarm();
    this.#timer = this.#timers.set(callback, ms);
  }

  #disarm(): void {
    if (this.#timer !== undefined) {
      this.#timers.clear(this.#timer);
      this.#timer = undefined;
    }
  }

  #enter(state: LinkState): void {
    this.#state = state;
    this.changed();
  }
}

function reason(wasLive: boolean): string {
  return wasLive ? 'The connection to the service was lost.' : 'The service does not answer.';
}
