/**
 * One metric of one device over time, as columns of typed arrays, in order of window start. At most `capacity` windows;
 * the oldest go first. Columns are twice as long, and what is in use slides through them: an append is a store, and a
 * chart reads contiguous views without a copy.
 */
export class DeviceSeries {
  readonly capacity: number;
  readonly #start: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #mean: Float64Array;
  readonly #last: Float64Array;
  readonly #p95: Float64Array;
  readonly #count: Float64Array;
  #from = 0;
  #to = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.#start = new Float64Array(capacity * 2);
    this.#min = new Float64Array(capacity * 2);
    this.#max = new Float64Array(capacity * 2);
    this.#mean = new Float64Array(capacity * 2);
    this.#last = new Float64Array(capacity * 2);
    this.#p95 = new Float64Array(capacity * 2);
    this.#count = new Float64Array(capacity * 2);
  }

  get length(): number {
    return this.#to - this.#from;
  }

  get start(): Float64Array {
    return this.#start.subarray(this.#from, this.#to);
  }

  get min(): Float64Array {
    return this.#min.subarray(this.#from, this.#to);
  }

  get max(): Float64Array {
    return this.#max.subarray(this.#from, this.#to);
  }

  get mean(): Float64Array {
    return this.#mean.subarray(this.#from, this.#to);
  }

  get last(): Float64Array {
    return this.#last.subarray(this.#from, this.#to);
  }

  /** NaN where a window does not tell. */
  get p95(): Float64Array {
    return this.#p95.subarray(this.#from, this.#to);
  }

  get count(): Float64Array {
    return this.#count.subarray(this.#from, this.#to);
  }

  /** Puts a window in its place; one with the same start is replaced, one older than all kept ones forgotten when full. */
  put(start: number, min: number, max: number, mean: number, last: number, count: number, p95 = NaN): void {
    const at = this.#place(start);
    if (at === -1) {
      return;
    }
    this.#start[at] = start;
    this.#min[at] = min;
    this.#max[at] = max;
    this.#mean[at] = mean;
    this.#last[at] = last;
    this.#count[at] = count;
    this.#p95[at] = p95;
  }

  /** Takes over what the other has, keeping what is already here. */
  absorb(other: DeviceSeries): void {
    const { start, min, max, mean, last, count, p95 } = other;
    for (let i = 0; i < other.length; i++) {
      if (this.#find(start[i]!) < 0) {
        this.put(start[i]!, min[i]!, max[i]!, mean[i]!, last[i]!, count[i]!, p95[i]);
      }
    }
  }

  copy(): DeviceSeries {
    const copy = new DeviceSeries(this.capacity);
    copy.absorb(this);
    return copy;
  }

  clear(): void {
    this.#from = 0;
    this.#to = 0;
  }

  /**
   * The distance from which on two neighbours are not joined by a line: well beyond what is usual here. A sensor that
   * reports every 5 s has no gap in each of its 1 s windows.
   */
  gapMs(windowMs: number): number {
    const steps: number[] = [];
    for (let i = Math.max(this.#from + 1, this.#to - 31); i < this.#to; i++) {
      steps.push(this.#start[i]! - this.#start[i - 1]!);
    }
    steps.sort((a, b) => a - b);
    const usual = steps[steps.length >> 1] ?? windowMs;
    return Math.max(usual, windowMs) * 3;
  }

  /** Index in the columns where `start` is or belongs, made free; -1 if it is not worth a place. */
  #place(start: number): number {
    if (this.length === 0 || start > this.#start[this.#to - 1]!) {
      return this.#append();
    }
    const found = this.#find(start);
    if (found >= 0) {
      return found;
    }
    let at = -found - 1;
    if (this.length === this.capacity) {
      if (at === this.#from) {
        return -1;
      }
      this.#from += 1;
    }
    if (this.#to === this.#start.length) {
      const shift = this.#from;
      this.#compact();
      at -= shift;
    }
    for (const column of this.#columns()) {
      column.copyWithin(at + 1, at, this.#to);
    }
    this.#to += 1;
    return at;
  }

  #append(): number {
    if (this.#to === this.#start.length) {
      this.#compact();
    }
    const at = this.#to++;
    if (this.length > this.capacity) {
      this.#from += 1;
    }
    return at;
  }

  #compact(): void {
    for (const column of this.#columns()) {
      column.copyWithin(0, this.#from, this.#to);
    }
    this.#to -= this.#from;
    this.#from = 0;
  }

  /** Binary search: the index, or -(insertion point) - 1. */
  #find(start: number): number {
    let low = this.#from;
    let high = this.#to - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const there = this.#start[middle]!;
      if (there === start) {
        return middle;
      }
      if (there < start) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  #columns(): readonly Float64Array[] {
    return [this.#start, this.#min, this.#max, this.#mean, this.#last, this.#count, this.#p95];
  }
}
