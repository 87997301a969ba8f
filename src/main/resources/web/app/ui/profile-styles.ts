import { css } from 'lit';

/** A metric's rules in one line; below 760 px in a block of their own. */
export const profileStyles = css`
  :host {
    max-width: 1000px;
  }

  fieldset {
    gap: 14px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  ul {
    display: grid;
    gap: 10px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: 2fr 1fr 1.1fr 1fr 1fr auto;
    gap: 4px 8px;
    align-items: start;
    padding-bottom: 10px;
    border-bottom: 1px solid var(--line);
  }

  li label {
    font-size: 13px;
    min-width: 0;
  }

  li .button {
    margin-top: 24px;
    min-height: 40px;
  }

  li .words {
    display: none;
  }

  @media (max-width: 760px) {
    li {
      grid-template-columns: 1fr 1fr;
    }

    li .button {
      align-self: end;
    }

    li .words {
      display: inline;
    }
  }
`;
