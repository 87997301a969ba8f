/**
 * The operator protocol, version 1, as the console speaks it: the frames of `/live` and the bodies of `/api`.
 * Times are ms since 1970 on the service's clock.
 */

export const SUBPROTOCOL = 'sluice.live.v1';

/** What every subscription asks for as `maxHz`. */
export const FRAMES_PER_SECOND = 4;

export type Role = 'viewer' | 'operator' | 'admin';

export type Channel = 'rollups' | 'devices' | 'rejects';

/** What a client asks for; absent filters mean everything. */
export interface Interest {
  readonly channel: Channel;
  readonly devices?: readonly string[];
  readonly groups?: readonly string[];
  readonly metrics?: readonly string[];
  readonly window?: string;
  readonly mode?: 'latest' | 'all';
  /** Frames per second, 1 to 20. */
  readonly maxHz?: number;
}

export interface RollupItem {
  readonly device?: string;
  readonly group?: string;
  readonly metric: string;
  readonly unit?: string | null;
  readonly window: string;
  readonly start: number;
  readonly count: number;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly stddev?: number;
  /** In windows of 10 s and more. */
  readonly p95?: number;
  /** A number; the text itself where `type` is `string`. */
  readonly last?: number | string;
  readonly type?: string;
  readonly final?: boolean;
}

export interface PresenceItem {
  readonly device: string;
  readonly connected: boolean;
  /** Of the connection, or of its end. */
  readonly since?: number;
  readonly group?: string | null;
  readonly session?: string;
  readonly lastSeen?: number;
  readonly closeCode?: number;
}

/** What was refused of one message. */
export interface RejectItem {
  readonly device: string;
  readonly epoch?: string;
  readonly seq?: number;
  readonly code: string;
  readonly detail?: string;
  /** How many; absent where the whole message was refused. */
  readonly records?: number;
  readonly received: number;
}

/** A reject as `GET /api/rejects` gives it. */
export interface RejectDto extends RejectItem {
  /** The refused records, or the raw message, up to 1,000 octets; hexadecimal where it is no JSON. */
  readonly content?: string;
  readonly contentType?: string;
  /** Of all of it. */
  readonly contentBytes?: number;
}

export interface Welcome {
  readonly session: string;
  readonly time: number;
  readonly windows: readonly string[];
  readonly roles: readonly Role[];
  /** Arrival of a reading to its rollup's arrival at the live room, p95 of the last 10 s. */
  readonly lagMs?: number;
}

export interface Snapshot {
  readonly id: number;
  readonly position?: string;
  readonly recovered: boolean;
  readonly more: boolean;
  readonly items: readonly unknown[];
}

export interface Update {
  readonly id: number;
  readonly position?: string;
  readonly items: readonly unknown[];
  readonly conflated?: number;
}

export interface ProtocolError {
  readonly id?: number;
  readonly code: string;
  readonly detail?: string;
}

export interface Goaway {
  readonly reason: string;
  readonly reconnectAfterMs: number;
}

export type ServerFrame =
  | { readonly kind: 'welcome'; readonly body: Welcome }
  | { readonly kind: 'snapshot'; readonly body: Snapshot }
  | { readonly kind: 'update'; readonly body: Update }
  | { readonly kind: 'error'; readonly body: ProtocolError }
  | { readonly kind: 'goaway'; readonly body: Goaway }
  | { readonly kind: 'pong' };

/** Messages of a device that were not counted, because their number had been counted before. */
export interface RepeatsDto {
  readonly messages: number;
  readonly fromOne: number;
  readonly last?: number;
  /** What to look at, in the service's words; absent where nothing looks wrong. */
  readonly hint?: string;
}

/** Readings of a device that changed not every window they belong to, because one had closed. */
export interface LateDto {
  readonly readings: number;
  readonly last?: number;
}

/** One of a device's live tokens, without the token. */
export interface TokenDto {
  readonly created: number;
  /** Absent where it has no end. */
  readonly ends?: number;
  /** Absent where it was not used yet. */
  readonly lastUsed?: number;
}

/** One of a device's connections. */
export interface ConnectionDto {
  /** Absent where its beginning is not known any more. */
  readonly since?: number;
  /** Absent while it is open, or where the instance that held it has died. */
  readonly until?: number;
  readonly closeCode?: number;
}

export interface DeviceDto {
  readonly id: string;
  readonly name?: string | null;
  readonly group?: string | null;
  readonly profile?: string | null;
  readonly enabled?: boolean;
  /** Only in the answer about one device, and where the service knows. */
  readonly repeats?: RepeatsDto;
  readonly late?: LateDto;
  /** The newest first; only in the answer about one device, and where the service knows. */
  readonly connections?: readonly ConnectionDto[];
  /** The oldest first; only in the answer about one device. */
  readonly tokens?: readonly TokenDto[];
}

/** A device as it is written; only the id is needed, what is left out takes its default. */
export interface NewDevice {
  readonly id: string;
  readonly name?: string;
  readonly group?: string;
  readonly profile?: string;
  readonly enabled?: boolean;
}

/** What became of one line of an import. */
export interface ImportedLine {
  /** 1 for the first. */
  readonly line: number;
  readonly id?: string;
  /** 201, or what was wrong with it. */
  readonly status: number;
  readonly token?: string;
  readonly detail?: string;
}

export type MetricType = 'number' | 'string' | 'boolean' | 'data';

export interface MetricRule {
  readonly name: string;
  readonly unit?: string;
  readonly type?: MetricType;
  readonly min?: number;
  readonly max?: number;
}

export interface ProfileDto {
  readonly name: string;
  /** Refuses metrics that are not listed. */
  readonly strict?: boolean;
  readonly readingsPerSecond?: number;
  readonly burst?: number;
  readonly metrics?: readonly MetricRule[];
}

export interface OperatorDto {
  readonly name: string;
  readonly role: Role;
}

/** An operator as one is written; without a password the old one stays. */
export interface OperatorBody extends OperatorDto {
  readonly password?: string;
}

const KINDS = new Set(['welcome', 'snapshot', 'update', 'error', 'goaway', 'pong']);

/**
 * Reads one frame: an object with one key.
 *
 * @returns undefined for what this version does not know: a newer service may say more than we understand
 */
export function readFrame(text: string): ServerFrame | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) {
    return undefined;
  }
  const [entry] = Object.entries(json as Record<string, unknown>);
  if (entry === undefined || !KINDS.has(entry[0]) || typeof entry[1] !== 'object' || entry[1] === null) {
    return undefined;
  }
  return { kind: entry[0], body: entry[1] } as ServerFrame;
}

export function subscribeFrame(id: number, interest: Interest, since: string | undefined): string {
  return JSON.stringify({ subscribe: { id, ...interest, ...(since === undefined ? {} : { since }) } });
}

export function unsubscribeFrame(id: number): string {
  return JSON.stringify({ unsubscribe: { id } });
}

export const PING_FRAME = '{"ping":{}}';

/** Milliseconds of a window's name such as `10s`, `1m`, `1h`; 1 s where it is none. */
export function windowMillis(window: string): number {
  const match = /^(\d+)(ms|s|m|h)$/.exec(window);
  if (match === null) {
    return 1000;
  }
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match[2] as 'ms' | 's' | 'm' | 'h'];
  return Number(match[1]) * unit;
}
