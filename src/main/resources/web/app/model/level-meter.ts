/** What a number was in each of the last seconds, for a small chart: it stays what it was until it is told another. */
export class LevelMeter {
  readonly #seconds: number;
  #levels: number[] = [];
  #second = 0;

  constructor(seconds = 60) {
    this.#seconds = seconds;
  }

  set(level: number, now: number): void {
    this.#advance(now);
    this.#levels[Math.max(0, this.#levels.length - 1)] = level;
  }

  /** Oldest first, the running second last; empty until something was told. */
  history(now: number): readonly number[] {
    this.#advance(now);
    return this.#levels;
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1000);
    const passed = second - this.#second;
    this.#second = second;
    const level = this.#levels.at(-1);
    // The service's clock was told anew; a second's correction leaves the chart as it is.
    if (level === undefined || Math.abs(passed) > this.#seconds) {
      this.#levels = level === undefined ? [] : [level];
      return;
    }
    for (let i = 0; i < passed; i++) {
      this.#levels.push(level);
    }
    this.#levels = this.#levels.slice(-this.#seconds);
  }
}
