import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Console } from '../core/console.ts';
import { formatCount, formatRate } from '../core/format.ts';
import { REJECTS_HREF } from '../core/router.ts';
import { isSilent } from '../model/fleet-view.ts';
import { freshness } from '../model/metric.ts';
import type { WayModel } from '../model/way-model.ts';
import './sl-sparkline.ts';

export const fleetTileStyles = css`
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    gap: 12px;
    margin-bottom: 16px;
  }

  .tile {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: end;
    align-content: space-between;
    gap: 2px 12px;
    padding: 14px 18px;
    min-height: 96px;
  }

  .tile h2 {
    grid-column: 1 / -1;
    margin: 0;
    font-size: 13px;
    font-weight: 550;
    color: var(--muted);
  }

  .tile .big {
    font-size: clamp(26px, 2.2vw, 40px);
    line-height: 1.15;
    font-weight: 600;
    letter-spacing: -0.02em;
    white-space: nowrap;
  }

  .tile.whole .big {
    display: flex;
    align-items: center;
    gap: 10px;
    grid-column: 1 / -1;
  }

  .tile.whole .big small {
    font-size: 13px;
    line-height: 1.25;
    white-space: normal;
  }

  .tile .big small {
    font-size: 15px;
    font-weight: 450;
    letter-spacing: 0;
    color: var(--muted);
  }

  .tile sl-sparkline {
    justify-self: end;
    width: 100%;
    max-width: 120px;
    height: 38px;
  }

  @media (max-width: 560px) {
    .tiles {
      grid-template-columns: 1fr 1fr;
      gap: 8px;
    }

    .tile {
      grid-template-columns: 1fr;
      padding: 12px 14px;
      min-height: 0;
    }

    .tile sl-sparkline {
      max-width: none;
      height: 26px;
    }

    .tile .big small {
      font-size: 13px;
      white-space: normal;
    }
  }
`;

/** The fleet in numbers. */
export function fleetTiles(console: Console): TemplateResult {
  const { fleet, rejects, clock } = console;
  const now = clock.now();
  const connected = fleet.connectedCount();
  let values = 0;
  let fresh = 0;
  let silent = 0;
  for (const row of fleet.rows.values()) {
    for (const metric of row.metrics.values()) {
      values += 1;
      fresh += freshness(now - metric.heardAt) === 'stale' ? 0 : 1;
    }
    silent += isSilent(row, now) ? 1 : 0;
  }
  return html`<section class="tiles" aria-label="The fleet in numbers">
    <div class="card tile">
      <h2>Connected</h2>
      <div class="big number" data-test="connected">${formatCount(connected)} <small>of ${formatCount(fleet.rows.size)}</small></div>
      <sl-sparkline .values=${fleet.connected.history(now)}></sl-sparkline>
    </div>
    <div class="card tile">
      <h2>Readings per second</h2>
      <div class="big number" data-test="rate">${formatRate(fleet.readings.perSecond(now))}</div>
      <sl-sparkline .values=${fleet.readings.history(now)}></sl-sparkline>
    </div>
    <div class="card tile whole">
      <h2>Metrics with news</h2>
      <div class="big number">${formatCount(fresh)} <small>of ${formatCount(values)} in the last 30 s</small></div>
    </div>
    <div class="card tile">
      <h2><a href=${REJECTS_HREF}>Rejects per second</a></h2>
      <div class="big number" data-test="rejects">${formatRate(rejects.rate.perSecond(now))}</div>
      <sl-sparkline .values=${rejects.rate.history(now)}></sl-sparkline>
    </div>
    ${wayTile(console.way)}
    <div class="card tile whole">
      <h2>Silent</h2>
      <div class="big number">${formatCount(silent)} <small>connected, but quiet for 30 s</small></div>
    </div>
  </section>`;
}

function wayTile({ newest, history }: WayModel): TemplateResult {
  if (newest === undefined) {
    return html`<div class="card tile">
      <h2>Delay to this screen</h2>
      <div class="big number" data-test="way">– <small>${history.length === 0 ? 'measuring …' : 'nothing on its way'}</small></div>
    </div>`;
  }
  // Another array each time, so that it is drawn again: only then does it take over another appearance.
  const values = [...history];
  const parts = `${formatCount(newest.toInstance)} ms from its arrival to this instance (p95 of ten seconds), up to `
    + `${formatCount(newest.toFrame)} ms until the next frame, ${formatCount(newest.toPage)} ms from there to here`;
  return html`<div class="card tile" title="95 of 100 readings are here within this time: ${parts}">
    <h2>Delay to this screen</h2>
    <div class="big number" data-test="way">${formatCount(newest.total)} <small>ms</small></div>
    <sl-sparkline .values=${values}></sl-sparkline>
  </div>`;
}
