/** Counts events per second over the last whole seconds, and keeps as many of them as a small chart shows. */
export class RateMeter {
  readonly #seconds: number;
  readonly #perSecond: Float64Array;
  #second = 0;
  #begun = 0;

  constructor(seconds = 60) {
    this.#seconds = seconds;
    this.#perSecond = new Float64Array(seconds + 1);
  }

  add(events: number, now: number): void {
    this.#advance(now);
    this.#perSecond[this.#second % this.#perSecond.length]! += events;
  }

  /** Mean of the last `span` whole seconds; of fewer as long as fewer have passed. */
  perSecond(now: number, span = 5): number {
    this.#advance(now);
    const whole = this.#whole(span);
    let sum = 0;
    for (let back = 1; back <= whole; back++) {
      sum += this.#at(this.#second - back);
    }
    return whole === 0 ? 0 : sum / whole;
  }

  /** The last whole seconds, oldest first. */
  history(now: number): number[] {
    this.#advance(now);
    const whole = this.#whole(this.#seconds);
    return Array.from({ length: whole }, (_, i) => this.#at(this.#second - whole + i));
  }

  /** Neither the running second counts nor the one in which counting began. */
  #whole(span: number): number {
    return Math.max(0, Math.min(span, this.#second - this.#begun - 1));
  }

  #at(second: number): number {
    return this.#perSecond[second % this.#perSecond.length]!;
  }

  #advance(now: number): void {
    const second = Math.floor(now / 1000);
    if (this.#second === 0 || second - this.#second > this.#seconds || second < this.#second - 5) {
      this.#perSecond.fill(0);
      this.#second = second;
      this.#begun = second;
      return;
    }
    while (this.#second < second) {
      this.#second += 1;
      this.#perSecond[this.#second % this.#perSecond.length] = 0;
    }
  }
}
