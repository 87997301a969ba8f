import { LineChart } from 'echarts/charts';
import { AxisPointerComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import type { EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Zone } from '../core/format.ts';
import type { TimeRange } from '../model/zoom.ts';
import type { ChartColumns } from './chart-columns.ts';
import { ChartCursor } from './chart-cursor.ts';
import { selectRanges } from './range-selection.ts';

use([LineChart, GridComponent, AxisPointerComponent, CanvasRenderer]);

export interface ChartColours {
  readonly line: string;
  readonly band: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
/** Pixels around the drawing, for what is written at the axes. */
const GRID = { left: 54, right: 14, top: 10, bottom: 26 };
const DAY_MS = 86_400_000;

/**
 * One metric as a band from minimum to maximum with its mean as a line and, where it is told, its 95th percentile as a dashed one,
 * drawn on a canvas. No tooltip of the library's: it
 * would write style attributes, which the page's policy forbids, and nobody could read it aloud; the element shows what
 * {@link onPointer} tells.
 */
export class LiveChart {
  readonly #chart: EChartsType;
  #zone: Zone | undefined;
  readonly #cursor: ChartCursor;
  #host: HTMLElement;
  onPointer: ((time: number | undefined) => void) | undefined;
  /** Told the range that a mouse has drawn; undefined: all. */
  onSelect: ((range: TimeRange | undefined) => void) | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#chart = this.#create();
    this.#cursor = new ChartCursor(this.#chart, GRID);
  }

  /** @param cursor the time to point at, ms; undefined: none */
  draw(columns: ChartColumns, { from, to }: TimeRange, zone: Zone, colours: ChartColours, cursor?: number): void {
    if (zone !== this.#zone) {
      this.#zone = zone;
      this.#chart.setOption({ useUTC: zone === 'utc' });
    }
    const { mean, low, band, p95 } = columns;
    const newest = mean.length < 2 ? new Float64Array(0) : mean.slice(-2);
    const label = { color: colours.muted, fontFamily: FONT, fontSize: 11, hideOverlap: true };
    this.#chart.setOption({
      xAxis: {
        min: from,
        max: to,
        axisLabel: { ...label, formatter: to - from > DAY_MS ? '{dd}.{MM}. {HH}:{mm}' : timeLabel(to - from) },
        axisLine: { lineStyle: { color: colours.grid } },
        axisPointer: { lineStyle: { color: colours.muted } },
      },
      yAxis: { axisLabel: { ...label, formatter: compact }, splitLine: { lineStyle: { color: colours.grid } } },
      series: [
        { data: low },
        { data: band, areaStyle: { color: colours.band } },
        { data: mean, lineStyle: { color: colours.line } },
        { data: newest, itemStyle: { color: colours.line } },
        { data: p95, lineStyle: { color: colours.ink } },
      ],
    });
    this.#cursor.show(cursor, colours.ink);
  }

  resize(): void {
    this.#chart.resize();
    this.#cursor.place();
  }

  dispose(): void {
    this.#chart.dispose();
  }

  #create(): EChartsType {
    const chart = init(this.#host, undefined, { renderer: 'canvas' });
    const line = {
      type: 'line',
      dimensions: ['time', 'value'],
      showSymbol: false,
      silent: true,
      animation: false,
      emphasis: { disabled: true },
    };
    chart.setOption({
      animation: false,
      grid: GRID,
      xAxis: {
        type: 'time',
        splitNumber: 4,
        axisTick: { show: false },
        splitLine: { show: false },
        axisPointer: { show: true, triggerTooltip: false, label: { show: false }, lineStyle: { type: 'solid' } },
      },
      yAxis: { type: 'value', scale: true, splitNumber: 3, axisLine: { show: false } },
      series: [
        { ...line, stack: 'band', stackStrategy: 'all', lineStyle: { opacity: 0, width: 0 } },
        { ...line, stack: 'band', stackStrategy: 'all', lineStyle: { opacity: 0, width: 0 }, areaStyle: { opacity: 0.75 } },
        { ...line, lineStyle: { width: 1.8 } },
        { ...line, showSymbol: true, symbol: 'circle', symbolSize: 7, lineStyle: { opacity: 0 } },
        { ...line, lineStyle: { width: 1, type: 'dashed', opacity: 0.75 } },
      ],
    });
    const pointer = chart.getZr();
    pointer.on('mousemove', (event) => {
      const at = [event.offsetX, event.offsetY];
      const inside = chart.containPixel({ gridIndex: 0 }, at);
      this.onPointer?.(inside ? chart.convertFromPixel({ gridIndex: 0 }, at)[0] : undefined);
    });
    pointer.on('globalout', () => this.onPointer?.(undefined));
    selectRanges(chart, (range) => this.onSelect?.(range));
    return chart;
  }
}

function timeLabel(rangeMs: number): string {
  return rangeMs < 20 * 60_000 ? '{HH}:{mm}:{ss}' : '{HH}:{mm}';
}

function compact(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    return value.toExponential(1);
  }
  return size >= 10_000 ? `${Math.round(value / 100) / 10}k` : String(Math.round(value * 1000) / 1000);
}
