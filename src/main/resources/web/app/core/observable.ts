/**
 * Something that elements watch: it says that it changed, not what. An interface of its own instead of `EventTarget`
 * keeps the controllers free of the DOM, so that plain Node can test them.
 */
export class Observable {
  readonly #listeners = new Set<() => void>();

  /** @returns how to stop watching */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }
}
