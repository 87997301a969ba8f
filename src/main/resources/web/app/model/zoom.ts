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

  /** Half as much of the time; of the newest where it was shown. */
  in(whole: TimeRange, narrowest: number): void {
    const { from, to } = this.of(whole);
    const span = Math.max(narrowest, (to - from) / 2);
    this.#show(span, this.#end === undefined ? undefined : to - (to - from - span) / 2);
  }

  out(whole: TimeRange): void {
    const { from, to } = this.of(whole);
    const span = (to - from) * 2;
    if (span >= whole.to - whole.from) {
      this.all();
    } else {
      this.#show(span, this.#end === undefined ? undefined : Math.min(whole.to, to + span / 4));
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

  #show(span: number | undefined, end: number | undefined): void {
    this.#span = span;
    this.#end = end;
    this.changed();
  }
}
