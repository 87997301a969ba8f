/** What is wrong with one field of a body, in the service's words. `field` is a path such as `metrics[2].min`. */
export interface FieldError {
  readonly field: string;
  readonly detail: string;
}

/** A refusal in the service's own words (`application/problem+json`), or ours where it gave none. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[];

  constructor(status: number, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.name = 'Problem';
    this.status = status;
    this.errors = errors;
  }

  /** What is wrong with that field, or undefined. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.detail;
  }
}

/** Whatever was thrown, as something to show. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem(0, thrown instanceof Error ? thrown.message : String(thrown));
}

/** A body, and the version of what it tells (`ETag`), for an `If-Match`. */
export interface Answer<T> {
  readonly body: T;
  readonly tag: string | undefined;
}

export interface Ask {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is. */
  readonly lines?: string;
  readonly ifMatch?: string | undefined;
}

export interface Lines {
  readonly lines: readonly string[];
  /** False where the connection broke in the midst of them. */
  readonly isWhole: boolean;
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

/** Requests to the service, section 2 of the operator protocol: JSON, problems, pages, tags. */
export class Rest {
  readonly #fetch: typeof fetch;

  constructor(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  /** @throws Problem in plain words */
  async ask<T = unknown>(method: string, path: string, ask: Ask = {}): Promise<Answer<T>> {
    const response = await this.#send(method, path, ask);
    const body = await readJson(response);
    if (!response.ok) {
      throw problemOf(response.status, body);
    }
    return { body: body as T, tag: response.headers.get('ETag') ?? undefined };
  }

  /** An answer of lines, as far as it came. @throws Problem in plain words, where it did not begin */
  async lines(method: string, path: string, ask: Ask): Promise<Lines> {
    const response = await this.#send(method, path, ask);
    if (!response.ok) {
      throw problemOf(response.status, await readJson(response));
    }
    const { text, isWhole } = await readText(response);
    const lines = text.split('\n');
    const complete = isWhole ? lines : lines.slice(0, -1);
    return { lines: complete.filter((line) => line !== ''), isWhole };
  }

  /** All pages of a list. */
  async all<T>(path: string): Promise<readonly T[]> {
    const all: T[] = [];
    let next: string | undefined;
    do {
      const joint = path.includes('?') ? '&' : '?';
      const query = next === undefined ? '' : `${joint}next=${encodeURIComponent(next)}`;
      const { body: page } = await this.ask<ListOf<T>>('GET', `${path}${query}`);
      all.push(...page.items);
      next = page.next ?? undefined;
    } while (next !== undefined);
    return all;
  }

  async #send(method: string, path: string, ask: Ask): Promise<Response> {
    const body = ask.lines ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
    const type = ask.lines === undefined ? 'application/json' : 'application/x-ndjson';
    try {
      return await this.#fetch(path, {
        method,
        credentials: 'same-origin',
        headers: {
          Accept: 'application/json, application/x-ndjson, application/problem+json',
          // Keeps the browser's own password dialog away: the service then sends no Basic challenge.
          'X-Requested-With': 'sluice-console',
          ...(body === undefined ? {} : { 'Content-Type': type }),
          ...(ask.ifMatch === undefined ? {} : { 'If-Match': ask.ifMatch }),
        },
        ...(body === undefined ? {} : { body }),
      });
    } catch {
      throw new Problem(0, PLAIN_WORDS[0] ?? '');
    }
  }
}

async function readText(response: Response): Promise<{ text: string; isWhole: boolean }> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      text += part.value;
    }
    return { text, isWhole: true };
  } catch {
    return { text, isWhole: false };
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

function problemOf(status: number, json: unknown): Problem {
  const told = typeof json === 'object' && json !== null ? json : {};
  const detail = 'detail' in told && typeof told.detail === 'string' ? told.detail : '';
  const errors = 'errors' in told && Array.isArray(told.errors) ? (told.errors as FieldError[]) : [];
  return new Problem(status, detail === '' ? (PLAIN_WORDS[status] ?? `The service refused (${status}).`) : detail, errors);
}
