/** The service's clock as seen from here; ages are told by it, because operators' machines are wrong more often. */
export class ServiceClock {
  readonly #local: () => number;
  #offsetMs = 0;

  constructor(local: () => number = Date.now) {
    this.#local = local;
  }

  now(): number {
    return this.#local() + this.#offsetMs;
  }

  /** Takes the service's time from a `welcome`; the way here is short against the seconds that ages are told in. */
  synchronise(serviceTime: number): void {
    this.#offsetMs = serviceTime - this.#local();
  }

  /** How far the local clock is off, ms; positive when it is behind. */
  get offsetMs(): number {
    return this.#offsetMs;
  }
}
