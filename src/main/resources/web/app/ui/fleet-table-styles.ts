import { css } from 'lit';

/** A table with one height per row; up to 1000 px each row becomes a card of two lines. */
export const fleetTableStyles = css`
  .card {
    overflow: hidden;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
  }

  th {
    padding: 0 12px;
    height: 40px;
    font-size: 13px;
    font-weight: 550;
    text-align: start;
    color: var(--muted);
    background: var(--raised);
    border-bottom: 1px solid var(--line);
  }

  th button {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    padding: 4px 6px;
    margin: 0 -6px;
    border: 0;
    background: none;
    font-weight: 550;
    cursor: pointer;
  }

  th button:hover {
    color: var(--ink);
  }

  td {
    padding: 0 12px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  tr.row {
    height: 56px;
    border-bottom: 1px solid var(--line);
  }

  tr.row:last-child {
    border-bottom: 0;
  }

  tr.row:hover {
    background: var(--raised);
  }

  tr.spacer td {
    padding: 0;
    border: 0;
  }

  .state {
    width: 172px;
  }

  td.state {
    text-overflow: clip;
  }

  .device {
    width: 18%;
  }

  .group {
    width: 11%;
  }

  .spark {
    width: 11%;
  }

  .rate {
    width: 104px;
  }

  .rejects {
    width: 88px;
  }

  td.rejects a {
    color: var(--bad);
  }

  .seen {
    width: 132px;
  }

  td.device a {
    display: block;
    margin: 0 -4px;
    padding: 0 4px;
    font-weight: 600;
    color: inherit;
    text-decoration: none;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* Within the link: around it, the ring would go through the id below. */
  td.device a:focus-visible {
    outline-offset: -2px;
  }

  td.device a:hover {
    text-decoration: underline;
  }

  td.device span {
    display: block;
    font-size: 12.5px;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .list {
    display: flex;
    gap: 4px 16px;
    margin: 0;
    overflow: hidden;
  }

  .value {
    min-width: 88px;
    flex: 0 1 auto;
    overflow: hidden;
  }

  .value dt {
    font-size: 12px;
    line-height: 1.3;
    color: var(--muted);
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .value dd {
    margin: 0;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .value dd small {
    font-weight: 450;
    color: var(--muted);
  }

  .value.stale dd {
    font-weight: 450;
    color: var(--muted);
  }

  .more {
    flex: none;
    align-self: center;
    font-size: 13px;
    color: var(--muted);
  }

  sl-sparkline {
    height: 30px;
  }

  sl-sparkline.stale {
    color: var(--muted);
    opacity: 0.5;
  }

  .late {
    color: var(--warn);
  }

  @media (max-width: 1340px) {
    .spark {
      display: none;
    }
  }

  @media (max-width: 1000px) {
    table,
    thead,
    tbody {
      display: block;
    }

    thead tr {
      display: flex;
      flex-wrap: wrap;
      gap: 0 18px;
      padding: 4px 14px;
      background: var(--raised);
      border-bottom: 1px solid var(--line);
    }

    th,
    th.state,
    th.device,
    th.group,
    th.rate,
    th.rejects,
    th.seen {
      width: auto;
      height: 34px;
      padding: 0;
      border: 0;
      display: flex;
      align-items: center;
    }

    th.values {
      display: none;
    }

    tr.row {
      display: grid;
      grid-template-columns: 1fr auto;
      grid-template-areas: 'device state' 'values values';
      align-content: center;
      gap: 6px 10px;
      height: 112px;
      padding: 0 14px;
    }

    td {
      padding: 0;
      width: auto;
    }

    td.device {
      grid-area: device;
      width: auto;
    }

    td.device a {
      margin: 0;
      padding: 0;
    }

    td.state {
      grid-area: state;
      width: auto;
    }

    td.values {
      grid-area: values;
    }

    td.group,
    td.rate,
    td.rejects,
    td.seen {
      display: none;
    }

    .value {
      min-width: 76px;
    }
  }
`;
