import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatTime } from '../core/format.ts';
import type { Zone } from '../core/format.ts';
import type { DeviceModel } from '../model/device-model.ts';
import type { Zoom } from '../model/zoom.ts';
import { icons } from './icons.ts';

export const pauseStyles = css`
  .paused {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding: 6px 12px;
    margin-bottom: 12px;
    border-radius: 8px;
    background: var(--accent-soft);
  }
`;

/** @param live whether the charts are; a history does not move */
export function pauseTool(model: DeviceModel, zoom: Zoom, live: boolean): TemplateResult {
  const paused = model.pausedAt !== undefined;
  const toggle = (): void => {
    model.pause(!paused);
    if (paused) {
      zoom.follow();
    }
  };
  return html`<button class="button" ?disabled=${!live} aria-pressed=${paused ? 'true' : 'false'} @click=${toggle}>
    ${paused ? icons.play : icons.pause}${paused ? 'Resume' : 'Pause'}
  </button>`;
}

export function pausedNote(model: DeviceModel, live: boolean, zone: Zone): TemplateResult | typeof nothing {
  return model.pausedAt === undefined || !live
    ? nothing
    : html`<div class="paused" role="status">${icons.pause} The charts stand still at
        ${formatTime(model.pausedAt, zone)}. The numbers go on.</div>`;
}
