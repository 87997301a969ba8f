/** SenML counts from here on as a time, below as a distance from now (RFC 8428, section 4.5.3). */
const ABSOLUTE_FROM_S = 2 ** 28;

/** No date is later (ECMA-262); a clock in microseconds, told as seconds, is. */
const LAST_DATE_S = 8.64e12;

interface SenmlRecord {
  readonly bt?: unknown;
  readonly t?: unknown;
}

/**
 * The times that records in SenML's JSON name, ms since 1970, each once.
 *
 * @param content may be cut off: then there are none
 */
export function recordTimes(content: string): readonly number[] {
  let records: unknown;
  try {
    records = JSON.parse(content);
  } catch {
    return [];
  }
  const times = new Set<number>();
  let base = 0;
  for (const record of Array.isArray(records) ? (records as unknown[]) : [records]) {
    const { bt, t } = (typeof record === 'object' && record !== null ? record : {}) as SenmlRecord;
    base = typeof bt === 'number' ? bt : base;
    const time = base + (typeof t === 'number' ? t : 0);
    if (time >= ABSOLUTE_FROM_S && time <= LAST_DATE_S) {
      times.add(time * 1000);
    }
  }
  return [...times];
}
