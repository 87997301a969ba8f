import { css } from 'lit';

/** A card with a metric's name, its newest value, its chart and what the chart has under the pointer. */
export const metricStyles = css`
  :host {
    container-type: inline-size;
  }

  @container (max-width: 400px) {
    .wide {
      display: none;
    }
  }

  article {
    padding: 14px 16px 10px;
  }

  header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 12px;
  }

  h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .value {
    font-size: 28px;
    line-height: 1.2;
    font-weight: 600;
    letter-spacing: -0.02em;
  }

  .value small {
    font-size: 15px;
    font-weight: 450;
    letter-spacing: 0;
    color: var(--muted);
  }

  .stale .value {
    color: var(--muted);
    font-weight: 450;
  }

  .chart {
    height: clamp(150px, 20vh, 260px);
    margin: 4px -6px 0 -8px;
  }

  /* Within, so as not to go through what is written below. */
  .chart:focus-visible {
    outline-offset: -2px;
  }

  .text {
    padding: 24px 0;
    font-size: 13px;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 12px;
    min-height: 20px;
    font-size: 12.5px;
    color: var(--muted);
  }

  .late {
    color: var(--warn);
  }
`;
