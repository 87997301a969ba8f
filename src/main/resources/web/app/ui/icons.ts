import { html, svg } from 'lit';
import type { SVGTemplateResult, TemplateResult } from 'lit';

function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none"
    stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${shape}</svg>`;
}

/** Shapes differ, so that no sign hangs on its colour. */
export const icons = {
  connected: icon(svg`<circle cx="8" cy="8" r="4.2" fill="currentColor" stroke="none"></circle>`),
  offline: icon(svg`<circle cx="8" cy="8" r="4.6"></circle><path d="M4.8 11.2l6.4-6.4"></path>`),
  http: icon(svg`<path d="M8 13V4.2M4.4 7.6L8 4l3.6 3.6"></path>`),
  unknown: icon(svg`<circle cx="8" cy="8" r="4.6" stroke-dasharray="2 2.4"></circle>`),
  disabled: icon(svg`<path d="M4 4l8 8M12 4l-8 8"></path>`),
  clock: icon(svg`<circle cx="8" cy="8" r="5.6"></circle><path d="M8 5v3.2l2.2 1.4"></path>`),
  warning: icon(svg`<path d="M8 2.4l6 11H2zM8 6.6v3M8 11.6v.1"></path>`),
  wave: icon(svg`<path d="M1.5 6c1.6-1.6 3.2-1.6 4.9 0s3.2 1.6 4.9 0 1.6-1.6 3.2-1M1.5 11c1.6-1.6 3.2-1.6 4.9 0s3.2 1.6 4.9 0 1.6-1.6 3.2-1"></path>`),
  retry: icon(svg`<path d="M13 8a5 5 0 1 1-1.6-3.7M13.2 2v3h-3"></path>`),
  pause: icon(svg`<path d="M5.5 3.5v9M10.5 3.5v9"></path>`),
  play: icon(svg`<path d="M5 3.2l7.5 4.8L5 12.8z" fill="currentColor"></path>`),
  back: icon(svg`<path d="M9.8 3.4L5.2 8l4.6 4.6"></path>`),
  forth: icon(svg`<path d="M6.2 3.4L10.8 8l-4.6 4.6"></path>`),
  zoomIn: icon(svg`<circle cx="7" cy="7" r="4.6"></circle><path d="M10.4 10.4l3.4 3.4M5 7h4M7 5v4"></path>`),
  zoomOut: icon(svg`<circle cx="7" cy="7" r="4.6"></circle><path d="M10.4 10.4l3.4 3.4M5 7h4"></path>`),
  search: icon(svg`<circle cx="7" cy="7" r="4.2"></circle><path d="M10.2 10.2l3.4 3.4"></path>`),
  up: icon(svg`<path d="M4.4 9.8L8 6.2l3.6 3.6"></path>`),
  down: icon(svg`<path d="M4.4 6.2L8 9.8l3.6-3.6"></path>`),
  sun: icon(svg`<circle cx="8" cy="8" r="2.8"></circle><path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M3.5 12.5l.8-.8M11.7 4.3l.8-.8"></path>`),
  moon: icon(svg`<path d="M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z"></path>`),
  system: icon(svg`<circle cx="8" cy="8" r="5.6"></circle><path d="M8 2.4a5.6 5.6 0 0 1 0 11.2z" fill="currentColor" stroke="none"></path>`),
  settings: icon(svg`<path d="M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6"></path><circle cx="10" cy="4.5" r="1.8"></circle><circle cx="6" cy="11.5" r="1.8"></circle>`),
  leave: icon(svg`<path d="M9.5 3H3.6v10h5.9M7 8h6.4M11 5.4L13.6 8 11 10.6"></path>`),
} as const;

/** A sluice gate, lifted, and the water that runs through. */
export function logo(size: number): TemplateResult {
  return html`<svg viewBox="0 0 32 32" width=${size} height=${size} aria-hidden="true" fill="none" stroke-linecap="round">
    <rect width="32" height="32" rx="7" fill="#0b5d78"></rect>
    <path d="M8 5v22M24 5v22" stroke="#fff" stroke-width="2.6"></path>
    <path d="M11 6.5h10v8.5H11z" fill="#fff" fill-opacity=".92"></path>
    <path d="M11 10.7h10" stroke="#0b5d78" stroke-width="1.3"></path>
    <path d="M4 20.5c2-1.9 4-1.9 6 0s4 1.9 6 0 4-1.9 6 0 4 1.9 6 0M4 25.5c2-1.9 4-1.9 6 0s4 1.9 6 0 4-1.9 6 0 4 1.9 6 0" stroke="#7fd4ee" stroke-width="2.1"></path>
  </svg>`;
}
