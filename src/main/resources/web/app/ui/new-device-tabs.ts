import { css, html } from 'lit';
import type { TemplateResult } from 'lit';
import { IMPORT_HREF, NEW_DEVICE_HREF } from '../core/router.ts';

export const newDeviceTabStyles = css`
  .tabs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin-bottom: 12px;
  }

  .tabs h1 {
    margin: 0;
  }
`;

/** The two ways to new devices, above each of them. */
export function newDeviceTabs(title: string, here: 'one' | 'many'): TemplateResult {
  const tab = (href: string, label: string, current: boolean): TemplateResult =>
    html`<a href=${href} aria-current=${current ? 'page' : 'false'}>${label}</a>`;
  return html`<div class="tabs">
    <h1>${title}</h1>
    <nav class="segments" aria-label="New devices">
      ${tab(NEW_DEVICE_HREF, 'One device', here === 'one')} ${tab(IMPORT_HREF, 'Many at once', here === 'many')}
    </nav>
  </div>`;
}
