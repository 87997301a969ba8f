import { css } from 'lit';

/** What every element's shadow root starts from. */
export const shared = css`
  :host {
    display: block;
    color: var(--ink);
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  a {
    color: var(--accent);
    text-underline-offset: 3px;
  }

  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }

  /* Where reading begins, on a new page or after a change; nothing can be done with it, so no ring. */
  :is(h1, p):focus {
    outline: none;
  }

  :is(button, input, select, a, :where([tabindex='0'])):focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 6px;
  }

  .icon {
    flex: none;
    vertical-align: -0.16em;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  .muted {
    color: var(--muted);
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .card {
    background: var(--surface);
    border: 1px solid var(--line);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 36px;
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--surface);
    color: inherit;
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
  }

  .button:hover {
    background: var(--raised);
    border-color: var(--muted);
  }

  .button.primary {
    background: var(--accent);
    border-color: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }

  .button[disabled] {
    opacity: 0.6;
    cursor: default;
  }

  .segments {
    display: inline-flex;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--raised);
    padding: 2px;
    gap: 2px;
  }

  .segments :is(button, a) {
    display: inline-flex;
    align-items: center;
    min-height: 30px;
    padding: 0 10px;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--muted);
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
  }

  .segments :is(button:enabled, a):hover {
    color: var(--ink);
  }

  .segments button:disabled {
    opacity: 0.45;
    cursor: default;
  }

  .segments :is(button[aria-pressed='true'], a[aria-current='page']) {
    background: var(--surface);
    color: var(--ink);
    font-weight: 600;
    box-shadow: 0 0 0 1px var(--line);
  }

  .pill {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    padding: 2px 9px 2px 6px;
    border-radius: 99px;
    font-size: 13px;
    font-weight: 550;
    white-space: nowrap;
    background: var(--ground);
    color: var(--muted);
  }

  .pill.good {
    background: var(--good-soft);
    color: var(--good);
  }

  .pill.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }

  .pill.bad {
    background: var(--bad-soft);
    color: var(--bad);
  }
`;
