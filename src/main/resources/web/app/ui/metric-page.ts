import { css } from 'lit';

/** Windows of the service as long as it has not said its own. */
export const WINDOWS: readonly string[] = ['1s', '10s', '1m'];

const WRITTEN: ReadonlyMap<string, string> = new Map([
  ['1s', '1 s'],
  ['10s', '10 s'],
  ['1m', '1 min'],
  ['1h', '1 h'],
]);

export function windowInWords(window: string): string {
  return WRITTEN.get(window) ?? window;
}

/** How a part of a chart is looked at. */
export const CHART_HELP =
  'Draw over a part of a chart to look at it closer. By keyboard, arrow keys go along its points, + and − zoom, Escape shows all again.';

/** A page that shows the metrics of one thing: a way back, a head, a grid of charts. */
export const metricPage = css`
  .back {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-bottom: 8px;
    text-decoration: none;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 12px 24px;
    margin-bottom: 16px;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }

  .named {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }

  .named > span {
    font-size: 14px;
  }

  .help {
    max-width: 130ch;
    margin: 0 0 12px;
    font-size: 13px;
  }

  h1 {
    margin: 0;
    font-size: clamp(20px, 2vw, 28px);
    line-height: 1.2;
    letter-spacing: -0.015em;
    overflow-wrap: anywhere;
  }

  h2 {
    margin: 24px 0 10px;
    font-size: 17px;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr));
    gap: 14px;
  }

  .empty {
    padding: 48px 24px;
    text-align: center;
  }

  footer {
    padding: 12px 4px;
    font-size: 13px;
  }
`;
