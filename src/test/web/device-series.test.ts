import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chartColumns, chartRange, nearest } from '../../main/resources/web/app/chart/chart-columns.ts';
import { DeviceSeries } from '../../main/resources/web/app/model/device-series.ts';
import { seeded } from './fakes.ts';

function put(series: DeviceSeries, start: number, value = start): void {
  series.put(start, value - 1, value + 1, value, value, 1);
}

describe('DeviceSeries', () => {
  it('keeps the newest windows, in order', () => {
    const series = new DeviceSeries(3);
    [1, 2, 3, 4, 5].forEach((start) => put(series, start));
    assert.deepEqual([...series.start], [3, 4, 5]);
    assert.deepEqual([...series.mean], [3, 4, 5]);
  });

  it('replaces a window that grew', () => {
    const series = new DeviceSeries(3);
    put(series, 1, 10);
    put(series, 2, 20);
    put(series, 1, 11);
    assert.deepEqual([...series.mean], [11, 20]);
  });

  it('forgets what is older than all it has room for', () => {
    const series = new DeviceSeries(2);
    [5, 6, 1].forEach((start) => put(series, start));
    assert.deepEqual([...series.start], [5, 6]);
  });

  it('holds what a plain map would hold, whatever the order', () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const random = seeded(seed);
    for (let round = 0; round < 200; round++) {
      const capacity = 1 + Math.floor(random() * 12);
      const series = new DeviceSeries(capacity);
      let plain = new Map<number, number>();
      for (let step = 0; step < 60; step++) {
        const start = Math.floor(step / 2 + random() * 8 - 4);
        const value = random();
        const oldest = Math.min(...plain.keys());
        if (plain.size < capacity || start >= oldest) {
          plain.set(start, value);
        }
        plain = new Map([...plain].sort((a, b) => a[0] - b[0]).slice(-capacity));
        put(series, start, value);
        assert.deepEqual([...series.start], [...plain.keys()], `seed ${seed}`);
        assert.deepEqual([...series.mean], [...plain.values()], `seed ${seed}`);
      }
    }
  });

  it('takes over what another has, without losing its own', () => {
    const [one, two] = [new DeviceSeries(9), new DeviceSeries(9)];
    put(one, 2, 22);
    [1, 2, 3].forEach((start) => put(two, start));
    one.absorb(two);
    assert.deepEqual([...one.mean], [1, 22, 3]);
  });
});

describe('chart columns', () => {
  it('puts a window into the middle of its time, with the band above the low', () => {
    const series = new DeviceSeries(9);
    put(series, 1000, 5);
    const columns = chartColumns(series, 1000, 0, 10_000);
    assert.deepEqual([...columns.mean], [1500, 5]);
    assert.deepEqual([...columns.low], [1500, 4]);
    assert.deepEqual([...columns.band], [1500, 2]);
  });

  it('draws no line over a time from which nothing is known', () => {
    const series = new DeviceSeries(9);
    [1000, 2000, 3000, 9000].forEach((start) => put(series, start, 1));
    const { mean } = chartColumns(series, 1000, 0, 20_000);
    assert.deepEqual([...mean], [1500, 1, 2500, 1, 3500, 1, 6500, NaN, 9500, 1]);
  });

  it('draws the 95th percentile where windows tell it, and nothing where none does', () => {
    const series = new DeviceSeries(9);
    put(series, 10_000, 5);
    assert.equal(chartColumns(series, 10_000, 0, 60_000).p95.length, 0);
    series.put(20_000, 1, 9, 5, 5, 4, 8);
    assert.deepEqual([...chartColumns(series, 10_000, 0, 60_000).p95], [15_000, NaN, 25_000, 8]);
  });

  it('takes a slow sensor for slow, not for broken', () => {
    const series = new DeviceSeries(9);
    [0, 5000, 10_000, 15_000].forEach((start) => put(series, start, 1));
    const { mean } = chartColumns(series, 1000, 0, 20_000);
    assert.equal([...mean].some(Number.isNaN), false);
  });

  it('finds the window under the pointer, if one is near', () => {
    const series = new DeviceSeries(9);
    [1000, 2000, 3000].forEach((start) => put(series, start));
    assert.equal(nearest(series, 1000, 2400), 1);
    assert.equal(nearest(series, 1000, 60_000), -1);
  });

  it('widens with what is known, and not beyond what is kept', () => {
    const series = new DeviceSeries(300);
    const end = 10_000_000;
    assert.deepEqual(chartRange(series, 1000, end), { from: end - 60_000, to: end });
    put(series, end - 100_000);
    assert.equal(chartRange(series, 1000, end).from, end - 100_000);
    put(series, end - 400_000);
    assert.equal(chartRange(series, 1000, end).from, end - 300_000);
  });
});
