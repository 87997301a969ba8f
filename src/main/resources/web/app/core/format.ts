const GROUPED = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** About four significant digits, and no more noise than that: 1,234.5, 21.43, 0.123, 1.20e-9. */
export function formatValue(value: number | string | undefined): string {
  if (value === undefined) {
    return '–';
  }
  if (typeof value === 'string') {
    return value;
  }
  if (!Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) {
    return value.toExponential(2);
  }
  if (size >= 1000) {
    return value.toLocaleString(undefined, { maximumFractionDigits: size >= 10_000 ? 0 : 1 });
  }
  const decimals = size >= 100 ? 1 : size >= 1 || size === 0 ? 2 : size >= 0.01 ? 3 : 5;
  return value.toLocaleString(undefined, {
    minimumFractionDigits: Math.min(decimals, 3),
    maximumFractionDigits: decimals,
  });
}

/** A boolean, which the rollups count as 0 and 1. */
export function formatSwitch(value: number | string | undefined): string {
  return value === 1 ? 'on' : value === 0 ? 'off' : formatValue(value);
}

/** The part of a boolean's readings that were on, from their mean: `67 % on`. */
export function formatShare(mean: number | undefined): string {
  return mean === undefined ? '–' : `${Math.round(mean * 100)} % on`;
}

export function formatCount(value: number): string {
  return GROUPED.format(value);
}

/** A number with its noun: `1 device`, `20 devices`. */
export function formatMany(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `3 updates were replaced by newer ones on the way to this screen …`: the service merged what it could not send in time. */
export function formatConflated(count: number): string {
  const replaced = `${formatMany(count, 'update')} ${count === 1 ? 'was' : 'were'} replaced by newer ones`;
  return `${replaced} on the way to this screen; nothing stored is lost`;
}

/** A rate: one decimal below 100. */
export function formatRate(value: number): string {
  return value < 100 ? value.toFixed(1) : GROUPED.format(value);
}

/** An age in the largest unit that says enough: `now`, `12 s`, `3 min`, `5 h`, `2 d`. */
export function formatAge(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  if (seconds < 2) {
    return 'now';
  }
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  if (seconds < 86_400) {
    return `${Math.floor(seconds / 3600)} h`;
  }
  return `${Math.floor(seconds / 86_400)} d`;
}

/** `now` as it is, any other age with `ago`. */
export function formatAgo(ms: number): string {
  const age = formatAge(ms);
  return age === 'now' ? age : `${age} ago`;
}

export type Zone = 'local' | 'utc';

const FORMATS = {
  local: new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' }),
  utc: new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' }),
};
const LONG = {
  local: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' }),
  utc: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long', timeZone: 'UTC' }),
};

/** Time of day with seconds, 24 h. */
export function formatTime(ms: number, zone: Zone): string {
  return FORMATS[zone].format(ms);
}

/** Date, time and the zone's name. */
export function formatMoment(ms: number, zone: Zone): string {
  return LONG[zone].format(ms);
}
