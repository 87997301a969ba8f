import { graphic } from 'echarts/core';
import type { EChartsType } from 'echarts/core';

/** A line through a chart at the time that the keyboard looks at; the library's own one follows the mouse alone. */
export class ChartCursor {
  readonly #chart: EChartsType;
  readonly #top: number;
  readonly #bottom: number;
  readonly #line = new graphic.Line({ silent: true, z: 9 });
  #time: number | undefined;
  #colour = '';
  #shown = false;

  /** @param room pixels above and below the drawing */
  constructor(chart: EChartsType, room: { readonly top: number; readonly bottom: number }) {
    this.#chart = chart;
    this.#top = room.top;
    this.#bottom = room.bottom;
  }

  /** @param time ms; undefined or out of the chart: no line */
  show(time: number | undefined, colour: string): void {
    this.#time = time;
    this.#colour = colour;
    this.place();
  }

  /** Wants to be told whenever the chart shows another time, or has another size. */
  place(): void {
    const time = this.#time;
    const x = time === undefined ? undefined : this.#chart.convertToPixel({ xAxisIndex: 0 }, time);
    const shown = x !== undefined && this.#chart.containPixel({ gridIndex: 0 }, [x, this.#top + 1]);
    if (shown) {
      this.#line.setShape({ x1: x, x2: x, y1: this.#top, y2: this.#chart.getHeight() - this.#bottom });
      this.#line.setStyle({ stroke: this.#colour, lineWidth: 1.5 });
    }
    if (shown !== this.#shown) {
      this.#shown = shown;
      const canvas = this.#chart.getZr();
      if (shown) {
        canvas.add(this.#line);
      } else {
        canvas.remove(this.#line);
      }
    }
  }
}
