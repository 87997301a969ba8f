import { Observable } from '../core/observable.ts';

/** A part of time, ms since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What part of their time the charts of a page show, the same for all of them. Without an end it moves on with the newest. */
export class Zoom extends Observable {
  #span: number | undefined;
  #end: number | undefined;

  get active(): boolean {
    return this.#span !== undefined;
  }

  /** @param whole the time that there is to show */
  of(whole: TimeRange): TimeRange {
    if (this.#span === undefined) {
      return whole;
    }
    const to = this.#end ?? whole.to;
    return { from: to - this.#span, to };
  }

  /** @param narrowest in ms */
  select({ from, to }: TimeRange, narrowest: number): void {
    this.#show(Math.max(narrowest, to - from), to);
  }

  /**
   * Half as much of the time; of the newest where it was shown.
   *
   * @param about the time that keeps its place in the charts; undefined: the middle
   */
  in(whole: TimeRange, narrowest: number, about?: number): void {
    const { from, to } = this.of(whole);
    const span = Math.max(narrowest, (to - from) / 2);
    this.#show(span, this.#endOf(span, { from, to }, about));
  }

  /** Twice as much, within the whole. @param about as of {@link in} */
  out(whole: TimeRange, about?: number): void {
    const { from, to } = this.of(whole);
    const span = (to - from) * 2;
    if (span >= whole.to - whole.from) {
      this.all();
    } else {
      const end = this.#endOf(span, { from, to }, about);
      this.#show(span, end === undefined ? undefined : Math.max(whole.from + span, Math.min(whole.to, end)));
    }
  }

  earlier(whole: TimeRange): void {
    const { from, to } = this.of(whole);
    const span = to - from;
    this.#show(span, Math.max(whole.from + span, to - span / 2));
  }

  later(whole: TimeRange): void {
    const { from, to } = this.of(whole);
    const end = to + (to - from) / 2;
    this.#show(to - from, end < whole.to ? end : undefined);
  }

  /** As much, of the newest. */
  follow(): void {
    this.#show(this.#span, undefined);
  }

  all(): void {
    this.#show(undefined, undefined);
  }

  #endOf(span: number, { from, to }: TimeRange, about: number | undefined): number | undefined {
    if (about === undefined && this.#end === undefined) {
      return undefined;
    }
    const fixed = Math.min(to, Math.max(from, about ?? (from + to) / 2));
    return fixed + ((to - fixed) * span) / (to - from);
  }

  #show(span: number | undefined, end: number | undefined): void {
    this.#span = span;
    this.#end = end;
    this.changed();
  }
}
