import type { ChartColours } from '../chart/live-chart.ts';

let cached: { readonly key: string; readonly colours: ChartColours } | undefined;

/** The theme's colours as a canvas wants them: `light-dark()` worked out. Asked once per theme, as it costs a layout. */
export function chartColours(host: HTMLElement): ChartColours {
  const dark = window.matchMedia('(prefers-color-scheme: dark)').matches;
  const key = `${document.documentElement.dataset['theme']} ${dark}`;
  if (cached?.key !== key) {
    const probe = document.createElement('span');
    (host.shadowRoot ?? host).append(probe);
    const colour = (name: string): string => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const colours = {
      line: colour('--accent'),
      band: colour('--band'),
      ink: colour('--ink'),
      muted: colour('--muted'),
      grid: colour('--line'),
    };
    probe.remove();
    cached = { key, colours };
  }
  return cached.colours;
}
