import type { DeviceDto, NewDevice, Role, RollupItem } from './protocol.ts';

/** A refusal in the service's own words (`application/problem+json`), or ours where it gave none. */
export class Problem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'Problem';
    this.status = status;
  }
}

export interface Operator {
  readonly name: string;
  readonly role: Role;
}

interface ListOf<T> {
  readonly items: readonly T[];
  readonly next?: string;
}

const PLAIN_WORDS: Readonly<Record<number, string>> = {
  0: 'The service does not answer. Check the network, or whether it is running.',
  401: 'Name or password is not right.',
  403: 'Your role does not allow this.',
  404: 'There is no such thing.',
  429: 'Too many attempts. Wait a minute and try again.',
  503: 'The service is starting or shutting down. Try again in a moment.',
};

/** The REST side of the operator protocol, as far as the console needs it. */
export class Api {
  readonly #fetch: typeof fetch;

  constructor(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  async signIn(name: string, password: string): Promise<Operator> {
    return readOperator(await this.#send('POST', 'api/session', { name, password })) ?? (await this.#mustKnow());
  }

  async signOut(): Promise<void> {
    await this.#send('DELETE', 'api/session');
  }

  /** @returns undefined when nobody is signed in */
  async whoAmI(): Promise<Operator | undefined> {
    try {
      return readOperator(await this.#send('GET', 'api/session'));
    } catch (problem) {
      if (problem instanceof Problem && (problem.status === 401 || problem.status === 404)) {
        return undefined;
      }
      throw problem;
    }
  }

  async devices(): Promise<readonly DeviceDto[]> {
    return this.#all<DeviceDto>('api/devices');
  }

  async profiles(): Promise<readonly { readonly name: string }[]> {
    return this.#all<{ readonly name: string }>('api/profiles');
  }

  /** Stored ones. */
  async rollups(query: Readonly<Record<string, string | number>>): Promise<readonly RollupItem[]> {
    const parameters = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    return this.#all<RollupItem>(`api/rollups?${parameters}`);
  }

  /** @returns the device's token, which is never told again */
  async createDevice(device: NewDevice): Promise<string> {
    const made = (await this.#send('POST', 'api/devices', device)) as { readonly token: string };
    return made.token;
  }

  async device(id: string): Promise<DeviceDto> {
    return (await this.#send('GET', `api/devices/${encodeURIComponent(id)}`)) as DeviceDto;
  }

  async #all<T>(path: string): Promise<readonly T[]> {
    const all: T[] = [];
    let next: string | undefined;
    do {
      const joint = path.includes('?') ? '&' : '?';
      const query = next === undefined ? '' : `${joint}next=${encodeURIComponent(next)}`;
      const page = (await this.#send('GET', `${path}${query}`)) as ListOf<T>;
      all.push(...page.items);
      next = page.next ?? undefined;
    } while (next !== undefined);
    return all;
  }

  async #mustKnow(): Promise<Operator> {
    const operator = await this.whoAmI();
    if (operator === undefined) {
      throw new Problem(401, 'The browser did not keep the session. Are cookies blocked?');
    }
    return operator;
  }

  async #send(method: string, path: string, body?: unknown): Promise<unknown> {
    let response: Response;
    try {
      response = await this.#fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          Accept: 'application/json, application/problem+json',
          // Keeps the browser's own password dialog away: the service then sends no Basic challenge.
          'X-Requested-With': 'sluice-console',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Problem(0, PLAIN_WORDS[0] ?? '');
    }
    const json = await readJson(response);
    if (!response.ok) {
      throw new Problem(response.status, wordsFor(response.status, json));
    }
    return json;
  }
}

async function readJson(response: Response): Promise<unknown> {
  if (!(response.headers.get('Content-Type') ?? '').includes('json')) {
    return undefined;
  }
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function wordsFor(status: number, json: unknown): string {
  const detail = typeof json === 'object' && json !== null && 'detail' in json ? json.detail : undefined;
  if (typeof detail === 'string' && detail !== '') {
    return detail;
  }
  return PLAIN_WORDS[status] ?? `The service refused (${status}).`;
}

function readOperator(json: unknown): Operator | undefined {
  if (typeof json !== 'object' || json === null || !('name' in json) || typeof json.name !== 'string') {
    return undefined;
  }
  const roles = 'roles' in json && Array.isArray(json.roles) ? json.roles : [];
  const named = 'role' in json ? [json.role, ...roles] : roles;
  const role = (['admin', 'operator', 'viewer'] as const).find((one) => named.includes(one));
  return { name: json.name, role: role ?? 'viewer' };
}
