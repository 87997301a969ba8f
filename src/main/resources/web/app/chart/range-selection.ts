import { graphic } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import type { TimeRange } from '../model/zoom.ts';

type Pointer = ReturnType<EChartsType['getZr']>;
interface PointerEvent {
  readonly offsetX: number;
  readonly offsetY: number;
  readonly event: unknown;
}

/** Less than this is a click. */
const LEAST_PIXELS = 6;

/** Whether a finger did it: that scrolls the page. */
function isFinger(event: PointerEvent): boolean {
  return !(event.event instanceof MouseEvent);
}

/**
 * Lets a mouse draw a range on a chart.
 *
 * @param select told the range, or undefined after a double click: all
 */
export function selectRanges(chart: EChartsType, select: (range: TimeRange | undefined) => void): void {
  const pointer: Pointer = chart.getZr();
  const shade = new graphic.Rect({ silent: true, z: 10, style: { fill: '#888', opacity: 0.25 } });
  let begun: number | undefined;

  const timeAt = (x: number): number | undefined => chart.convertFromPixel({ gridIndex: 0 }, [x, 0])[0];
  const draw = (x: number): void => {
    if (begun !== undefined) {
      shade.setShape({ x: Math.min(begun, x), y: 0, width: Math.abs(x - begun), height: chart.getHeight() });
    }
  };
  const end = (x: number | undefined): void => {
    if (begun === undefined) {
      return;
    }
    pointer.remove(shade);
    const [from, to] = x === undefined ? [] : [timeAt(Math.min(begun, x)), timeAt(Math.max(begun, x))];
    if (x !== undefined && Math.abs(x - begun) >= LEAST_PIXELS && from !== undefined && to !== undefined) {
      select({ from, to });
    }
    begun = undefined;
  };

  pointer.on('mousedown', (event: PointerEvent) => {
    if (!isFinger(event) && chart.containPixel({ gridIndex: 0 }, [event.offsetX, event.offsetY])) {
      begun = event.offsetX;
      draw(event.offsetX);
      pointer.add(shade);
    }
  });
  pointer.on('mousemove', (event: PointerEvent) => draw(event.offsetX));
  pointer.on('mouseup', (event: PointerEvent) => end(event.offsetX));
  pointer.on('globalout', () => end(undefined));
  pointer.on('dblclick', () => select(undefined));
}
