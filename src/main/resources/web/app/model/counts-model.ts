import type { Api } from '../core/api.ts';
import type { Timers } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import type { LateDto, RepeatsDto } from '../core/protocol.ts';

/** No channel of the live stream carries these counts, and they are no matter of seconds. */
const ASK_EVERY_MS = 15_000;

/** How many messages of one device were repeats and how many readings late, asked for again and again while somebody looks. */
export class CountsModel extends Observable {
  readonly #id: string;
  readonly #api: Api;
  readonly #timers: Timers;
  #repeats: RepeatsDto | undefined;
  #late: LateDto | undefined;
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
      const { repeats, late } = await this.#api.device(this.#id);
      this.#repeats = repeats;
      this.#late = late;
      this.changed();
    } catch {
      // What is known stays; the page tells elsewhere that the service is away or the device unknown.
    }
    if (this.#watching) {
      this.#timer = this.#timers.set(() => void this.#ask(), ASK_EVERY_MS);
    }
  }
}
