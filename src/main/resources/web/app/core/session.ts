import type { Api, Operator } from './api.ts';
import type { LiveConnection } from './live-connection.ts';
import { Observable } from './observable.ts';
import { Problem } from './rest.ts';

export type SessionState =
  | { readonly name: 'unknown' }
  | { readonly name: 'unreachable'; readonly why: string }
  | { readonly name: 'signed-out'; readonly why?: string }
  | { readonly name: 'signed-in'; readonly operator: Operator };

/** Who is signed in; the live connection runs exactly as long as someone is. */
export class Session extends Observable {
  readonly #api: Api;
  readonly #live: LiveConnection;
  #state: SessionState = { name: 'unknown' };
  #probing = false;

  constructor(api: Api, live: LiveConnection) {
    super();
    this.#api = api;
    this.#live = live;
    live.watch(() => void this.#liveChanged());
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whether to offer what only administrators may; the service judges by itself. */
  get isAdministrator(): boolean {
    return this.#state.name === 'signed-in' && this.#state.operator.role === 'admin';
  }

  async restore(): Promise<void> {
    try {
      const operator = await this.#api.whoAmI();
      if (operator === undefined) {
        this.#enter({ name: 'signed-out' });
      } else {
        this.#welcome(operator);
      }
    } catch (problem) {
      this.#enter({ name: 'unreachable', why: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  /** @throws Problem in plain words when it did not work */
  async signIn(name: string, password: string): Promise<void> {
    this.#welcome(await this.#api.signIn(name, password));
  }

  async signOut(): Promise<void> {
    this.#live.stop();
    try {
      await this.#api.signOut();
    } catch (problem) {
      if (!(problem instanceof Problem && problem.status === 401)) {
        this.#live.start();
        throw problem;
      }
    }
    this.#enter({ name: 'signed-out' });
  }

  #welcome(operator: Operator): void {
    this.#enter({ name: 'signed-in', operator });
    this.#live.start();
  }

  /** A browser does not tell why an upgrade was refused: after a failure, ask whether the session still holds. */
  async #liveChanged(): Promise<void> {
    const link = this.#live.state;
    if (!this.#isSignedIn()) {
      return;
    }
    if (link.name === 'ended') {
      this.#enter({ name: 'signed-out', why: link.why });
    } else if (link.name === 'waiting' && !this.#probing) {
      this.#probing = true;
      try {
        if ((await this.#api.whoAmI()) === undefined && this.#isSignedIn()) {
          this.#live.stop();
          this.#enter({ name: 'signed-out', why: 'Your session has ended.' });
        }
      } catch {
        // Not reachable: the connection's own state says so already.
      } finally {
        this.#probing = false;
      }
    }
  }

  #isSignedIn(): boolean {
    return this.#state.name === 'signed-in';
  }

  #enter(state: SessionState): void {
    this.#state = state;
    this.changed();
  }
}
