import type { Api } from '../core/api.ts';
import type { ServiceClock } from '../core/clock.ts';
import type { LiveConnection, Subscription } from '../core/live-connection.ts';
import { Observable } from '../core/observable.ts';
import { FRAMES_PER_SECOND } from '../core/protocol.ts';
import type { DeviceDto, PresenceItem, ProfileDto, RollupItem } from '../core/protocol.ts';
import { LevelMeter } from './level-meter.ts';
import { Metric } from './metric.ts';
import { RateMeter } from './rate-meter.ts';

/** Windows of the fleet's series: as many as a sparkline shows, and a device's page starts with. */
export const FLEET_WINDOWS = 180;

/**
 * Metrics whose windows are kept, about 17 KB each; further ones of a large fleet have their newest value, and no small
 * chart.
 */
const MAX_SERIES = 1000;

/** What a device's rate is the mean of, in seconds. */
const RATE_SECONDS = 5;

/** A deleted device's last windows may still arrive: the registry is not asked again for each of them. */
const REREAD_MS = 10_000;

/** What is known of one device. */
export class DeviceRow {
  readonly id: string;
  name = '';
  group = '';
  profile = '';
  enabled = true;
  /** undefined until the service said it. */
  connected: boolean | undefined;
  since: number | undefined;
  closeCode: number | undefined;
  lastSeen = 0;
  readonly metrics = new Map<string, Metric>();
  readonly readings = new RateMeter(RATE_SECONDS);

  constructor(id: string) {
    this.id = id;
  }

  get title(): string {
    return this.name === '' ? this.id : this.name;
  }

  describe(dto: DeviceDto): void {
    this.name = dto.name ?? '';
    this.group = dto.group ?? '';
    this.profile = dto.profile ?? '';
    this.enabled = dto.enabled ?? true;
  }
}

/** The fleet as the live stream and the registry tell it. */
export class FleetModel extends Observable {
  readonly rows = new Map<string, DeviceRow>();
  readonly readings = new RateMeter();
  readonly connected = new LevelMeter();
  readonly #api: Api;
  readonly #live: LiveConnection;
  readonly #clock: ServiceClock;
  #subscriptions: Subscription[] = [];
  #problem: string | undefined;
  #loaded = false;
  #conflated = 0;
  #unknownSeen = false;
  #loading: Promise<void> | undefined;
  #asked = 0;
  #running = false;
  #readAt = 0;
  #series = 0;
  #revision = 0;
  #booleans: ReadonlyMap<string, ReadonlySet<string>> = new Map();

  constructor(api: Api, live: LiveConnection, clock: ServiceClock) {
    super();
    this.#api = api;
    this.#live = live;
    this.#clock = clock;
  }

  /** Plain words, or undefined when all is well. */
  get problem(): string | undefined {
    return this.#problem;
  }

  get loaded(): boolean {
    return this.#loaded;
  }

  /** Another one whenever rows came, went or changed what they are called. */
  get revision(): number {
    return this.#revision;
  }

  /** Updates that were replaced by newer ones before they could be sent here. */
  get conflated(): number {
    return this.#conflated;
  }

  start(): void {
    if (this.#running) {
      return;
    }
    this.#running = true;
    this.#subscriptions = [
      this.#live.subscribe(
        { channel: 'devices', maxHz: FRAMES_PER_SECOND },
        {
          snapshot: (items) => this.#presence(items as readonly PresenceItem[]),
          update: (items) => this.#presence(items as readonly PresenceItem[]),
        },
      ),
      this.#live.subscribe(
        { channel: 'rollups', window: '1s', mode: 'latest', maxHz: FRAMES_PER_SECOND },
        {
          snapshot: (items) => this.#rollups(items as readonly RollupItem[], false),
          update: (items, conflated) => {
            this.#conflated += conflated;
            this.#rollups(items as readonly RollupItem[], true);
          },
        },
      ),
    ];
    void this.load();
  }

  stop(): void {
    this.#running = false;
    for (const subscription of this.#subscriptions) {
      subscription.close();
    }
    this.#subscriptions = [];
    this.rows.clear();
    this.#revision += 1;
    this.#series = 0;
    this.#loaded = false;
  }

  /** Reads the registry; one reading at a time, and another one behind it for what changed meanwhile. */
  load(): Promise<void> {
    this.#asked += 1;
    this.#loading ??= this.#readUntilFresh().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #readUntilFresh(): Promise<void> {
    let answered: number;
    do {
      answered = this.#asked;
      await this.#read();
    } while (answered !== this.#asked && this.#running);
  }

  row(id: string): DeviceRow {
    let row = this.rows.get(id);
    if (row === undefined) {
      row = new DeviceRow(id);
      this.rows.set(id, row);
      this.#revision += 1;
      // A device that was made after the list was read: read it again, once for all that come together.
      this.#unknownSeen = true;
    }
    return row;
  }

  /** Whether the device's profile says so; the rollups count booleans as 0 and 1 and do not tell. */
  isBoolean(row: DeviceRow | undefined, metric: string): boolean {
    return row !== undefined && this.#booleans.get(row.profile)?.has(metric) === true;
  }

  /** Whether all devices of a group that send it have profiles that say so. */
  isGroupBoolean(group: string, metric: string): boolean {
    if (![...this.#booleans.values()].some((names) => names.has(metric))) {
      return false;
    }
    const senders = [...this.rows.values()].filter(
      (row) => row.group === group && [...row.metrics.values()].some(({ name }) => name === metric),
    );
    return senders.length > 0 && senders.every((row) => this.isBoolean(row, metric));
  }

  connectedCount(): number {
    let count = 0;
    for (const row of this.rows.values()) {
      count += row.connected === true ? 1 : 0;
    }
    return count;
  }

  async #read(): Promise<void> {
    try {
      const [devices, profiles] = await Promise.all([this.#api.devices(), this.#profiles()]);
      if (!this.#running) {
        return;
      }
      this.#booleans = booleansOf(profiles);
      const known = new Set(devices.map((device) => device.id));
      for (const [id, row] of this.rows) {
        if (this.#loaded && !known.has(id)) {
          this.rows.delete(id);
          this.#series -= row.metrics.size;
        }
      }
      for (const device of devices) {
        this.row(device.id).describe(device);
      }
      this.#revision += 1;
      this.#problem = undefined;
    } catch (problem) {
      this.#problem = problem instanceof Error ? problem.message : String(problem);
    }
    this.#loaded = true;
    this.#readAt = this.#clock.now();
    this.#unknownSeen = false;
    this.changed();
  }

  /** What they know is no more than how values are written, so the fleet does not wait for them in vain. */
  async #profiles(): Promise<readonly ProfileDto[]> {
    try {
      return await this.#api.profiles();
    } catch {
      return [];
    }
  }

  #presence(items: readonly PresenceItem[]): void {
    for (const item of items) {
      const row = this.row(item.device);
      row.connected = item.connected;
      row.since = item.since;
      row.closeCode = item.connected ? undefined : item.closeCode;
      row.lastSeen = Math.max(row.lastSeen, item.lastSeen ?? 0);
      if (row.group === '') {
        row.group = item.group ?? '';
      }
    }
    this.connected.set(this.connectedCount(), this.#clock.now());
    this.#told();
  }

  #rollups(items: readonly RollupItem[], live: boolean): void {
    const now = this.#clock.now();
    let added = 0;
    for (const item of items) {
      if (item.device === undefined) {
        continue;
      }
      const row = this.row(item.device);
      const key = Metric.key(item);
      let metric = row.metrics.get(key);
      if (metric === undefined) {
        metric = new Metric(item.metric, item.unit ?? '', this.#series < MAX_SERIES ? FLEET_WINDOWS : 1);
        this.#series += 1;
        row.metrics.set(key, metric);
      }
      const more = metric.take(item, this.#clock, live);
      if (live) {
        row.readings.add(more, now);
      }
      added += more;
      row.lastSeen = Math.max(row.lastSeen, metric.heardAt);
    }
    if (live) {
      this.readings.add(added, now);
    }
    this.#told();
  }

  #told(): void {
    if (this.#unknownSeen && this.#loaded && this.#clock.now() - this.#readAt > REREAD_MS) {
      this.#unknownSeen = false;
      void this.load();
    }
    this.changed();
  }
}

/** The boolean metrics of each profile. */
function booleansOf(profiles: readonly ProfileDto[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    profiles.map(({ name, metrics }) => [
      name,
      new Set((metrics ?? []).filter((metric) => metric.type === 'boolean').map((metric) => metric.name)),
    ]),
  );
}
