import type { Api } from '../core/api.ts';
import type { Timers } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import type { ConnectionDto, LateDto, RepeatsDto } from '../core/protocol.ts';

/** No channel of the live stream carries these, and they are no matter of seconds. */
const ASK_EVERY_MS = 15_000;

/** How many messages of one device were repeats, how many readings late, and when it was connected; asked for again and again while somebody looks. */
export class CountsModel extends Observable {
  readonly #id: string;
  readonly #api: Api;
  readonly #timers: Timers;
  #repeats: RepeatsDto | undefined;
  #late: LateDto | undefined;
  #connections: readonly ConnectionDto[] = [];
  #timer: number | undefined;
  #watching = false;

  constructor(id: string, api: Api, timers: Timers) {
    super();
    this.#id = id;
    this.#api = api;
    this.#timers = timers;
  }

  /** Undefined until the service has told. */
  get repeats(): RepeatsDto | undefined {
    return this.#repeats;
  }

  /** Undefined until the service has told. */
  get late(): LateDto | undefined {
    return this.#late;
  }

  /** The newest first, as far as they are known. */
  get connections(): readonly ConnectionDto[] {
    return this.#connections;
  }

  start(): void {
    this.#watching = true;
    void this.#ask();
  }

  stop(): void {
    this.#watching = false;
    if (this.#timer !== undefined) {
      this.#timers.clear(this.#timer);
    }
  }

  async #ask(): Promise<void> {
    try {
      const { repeats, late, connections } = await this.#api.device(this.#id);
      this.#repeats = repeats;
      this.#late = late;
      this.#connections = connections ?? [];
      this.changed();
    } catch {
      // What is known stays; the page tells elsewhere that the service is away or the device unknown.
    }
    if (this.#watching) {
      this.#timer = this.#timers.set(() => void this.#ask(), ASK_EVERY_MS);
    }
  }
}
