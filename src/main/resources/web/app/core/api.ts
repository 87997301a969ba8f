import type { DeviceDto, ProfileDto, RejectDto, RejectItem, Role, RollupItem } from './protocol.ts';
import { Problem, Rest } from './rest.ts';

export interface Operator {
  readonly name: string;
  readonly role: Role;
}

/** The protocol gives no single one; mostly the newest are looked at, and the last number is all that it gives. */
const REJECTS_ASKED: readonly number[] = [10, 100, 1000];

/** What the console reads of the operator protocol's REST side, and the log-in; what it changes is {@link Administration}. */
export class Api {
  readonly #rest: Rest;

  constructor(rest: Rest = new Rest()) {
    this.#rest = rest;
  }

  async signIn(name: string, password: string): Promise<Operator> {
    const { body } = await this.#rest.ask('POST', 'api/session', { body: { name, password } });
    return readOperator(body) ?? (await this.#mustKnow());
  }

  async signOut(): Promise<void> {
    await this.#rest.ask('DELETE', 'api/session');
  }

  /** @returns undefined when nobody is signed in */
  async whoAmI(): Promise<Operator | undefined> {
    try {
      return readOperator((await this.#rest.ask('GET', 'api/session')).body);
    } catch (problem) {
      if (problem instanceof Problem && (problem.status === 401 || problem.status === 404)) {
        return undefined;
      }
      throw problem;
    }
  }

  async devices(): Promise<readonly DeviceDto[]> {
    return this.#rest.all<DeviceDto>('api/devices');
  }

  async profiles(): Promise<readonly ProfileDto[]> {
    return this.#rest.all<ProfileDto>('api/profiles');
  }

  /** Stored ones. */
  async rollups(query: Readonly<Record<string, string | number>>): Promise<readonly RollupItem[]> {
    const parameters = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.#rest.all<RollupItem>(`api/rollups?${parameters}`);
  }

  /** The same with what was refused; undefined where the service has forgotten it. */
  async reject(item: RejectItem): Promise<RejectDto | undefined> {
    const isIt = ({ epoch, seq, received }: RejectDto): boolean =>
      epoch === item.epoch && seq === item.seq && received === item.received;
    for (const limit of REJECTS_ASKED) {
      const query = new URLSearchParams({ device: item.device, code: item.code, limit: String(limit) });
      const { items } = (await this.#rest.ask<{ items: readonly RejectDto[] }>('GET', `api/rejects?${query}`)).body;
      const found = items.find(isIt);
      if (found !== undefined || items.length < limit) {
        return found;
      }
    }
    return undefined;
  }

  async device(id: string): Promise<DeviceDto> {
    return (await this.#rest.ask<DeviceDto>('GET', `api/devices/${encodeURIComponent(id)}`)).body;
  }

  async #mustKnow(): Promise<Operator> {
    const operator = await this.whoAmI();
    if (operator === undefined) {
      throw new Problem(401, 'The browser did not keep the session. Are cookies blocked?');
    }
    return operator;
  }
}

function readOperator(json: unknown): Operator | undefined {
  if (typeof json !== 'object' || json === null || !('name' in json) || typeof json.name !== 'string') {
    return undefined;
  }
  const roles: unknown[] = 'roles' in json && Array.isArray(json.roles) ? json.roles : [];
  const named = 'role' in json ? [json.role, ...roles] : roles;
  const role = (['admin', 'operator', 'viewer'] as const).find((one) => named.includes(one));
  return { name: json.name, role: role ?? 'viewer' };
}
