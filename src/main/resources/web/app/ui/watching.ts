import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Observable } from '../core/observable.ts';

/**
 * Renders its element again when something it watches changes, and each second when ages are shown. While the page is
 * hidden nothing is rendered: it costs next to nothing then.
 */
export class Watching implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #tickMs: number;
  #subjects: readonly Observable[] = [];
  #unwatch: (() => void)[] = [];
  #timer: number | undefined;
  #connected = false;
  #missed = false;
  readonly #visible = (): void => {
    if (!document.hidden && this.#missed) {
      this.#missed = false;
      this.#host.requestUpdate();
    }
  };

  constructor(host: ReactiveControllerHost, tickMs = 0) {
    this.#host = host;
    this.#tickMs = tickMs;
    host.addController(this);
  }

  watch(...subjects: readonly Observable[]): void {
    this.#subjects = subjects;
    if (this.#connected) {
      this.#release();
      this.#attach();
    }
  }

  hostConnected(): void {
    this.#connected = true;
    document.addEventListener('visibilitychange', this.#visible);
    this.#attach();
    if (this.#tickMs > 0) {
      this.#timer = window.setInterval(() => this.#changed(), this.#tickMs);
    }
  }

  hostDisconnected(): void {
    this.#connected = false;
    document.removeEventListener('visibilitychange', this.#visible);
    this.#release();
    window.clearInterval(this.#timer);
  }

  #attach(): void {
    this.#unwatch = this.#subjects.map((subject) => subject.watch(() => this.#changed()));
  }

  #release(): void {
    for (const unwatch of this.#unwatch) {
      unwatch();
    }
    this.#unwatch = [];
  }

  #changed(): void {
    if (document.hidden) {
      this.#missed = true;
    } else {
      this.#host.requestUpdate();
    }
  }
}
