import { css } from 'lit';

/** The frame around every page: a header that stays, navigation that scrolls where it is narrow, the page. */
export const appStyles = css`
  header {
    position: sticky;
    top: 0;
    z-index: 5;
    display: flex;
    align-items: center;
    gap: 8px 16px;
    min-height: 56px;
    padding: 8px clamp(12px, 2.5vw, 32px);
    background: color-mix(in srgb, var(--surface) 92%, transparent);
    backdrop-filter: blur(8px);
    border-bottom: 1px solid var(--line);
  }

  .brand {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    font-size: 18px;
    font-weight: 650;
    letter-spacing: -0.01em;
    color: inherit;
    text-decoration: none;
  }

  .space {
    flex: 1;
  }

  nav {
    display: flex;
    gap: 2px;
    overflow-x: auto;
  }

  nav a {
    padding: 7px 11px;
    border-radius: 8px;
    color: var(--muted);
    text-decoration: none;
    white-space: nowrap;
  }

  nav a:hover {
    background: var(--raised);
    color: var(--ink);
  }

  nav a[aria-current='page'] {
    color: var(--ink);
    font-weight: 600;
    box-shadow: inset 0 -2px var(--accent);
    border-radius: 8px 8px 0 0;
  }

  .who {
    display: grid;
    line-height: 1.2;
    font-size: 14px;
    text-align: end;
  }

  .who span {
    font-size: 12px;
    color: var(--muted);
  }

  .tools {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .square {
    width: 36px;
    padding: 0;
  }

  main {
    max-width: 2400px;
    margin: 0 auto;
    padding: clamp(12px, 2vw, 28px) clamp(12px, 2.5vw, 32px) 48px;
  }

  .skip {
    position: absolute;
    left: 8px;
    top: -60px;
    z-index: 10;
    padding: 8px 12px;
    background: var(--surface);
  }

  .skip:focus {
    top: 8px;
  }

  .plain h1 {
    margin: 0;
    font-size: 20px;
  }

  .plain {
    min-height: 80vh;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    padding: 24px;
    text-align: center;
  }

  @media (max-width: 1080px) {
    header {
      flex-wrap: wrap;
      gap: 4px 8px;
    }

    nav {
      order: 1;
      flex-basis: 100%;
    }
  }

  @media (max-width: 560px) {
    .who {
      display: none;
    }

    .brand span {
      display: none;
    }
  }
`;
