import type { LitElement } from 'lit';

/**
 * Gives the focus to the first of these that there is, once the host has rendered, where what had it is gone: a question that
 * was answered, a button that another one replaced. Whoever has gone elsewhere meanwhile stays there.
 */
export async function keepFocus(host: LitElement, ...selectors: readonly string[]): Promise<void> {
  await host.updateComplete;
  if (hasFocus()) {
    return;
  }
  for (const selector of selectors) {
    const found = host.renderRoot.querySelector<HTMLElement>(selector);
    if (found !== null) {
      found.focus();
      return;
    }
  }
}

function hasFocus(): boolean {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) {
    active = active.shadowRoot.activeElement;
  }
  return active !== null && active !== document.body && active.checkVisibility();
}
