import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeAt, pointsIn } from '../../main/resources/web/app/chart/chart-columns.ts';
import { chartWish, rangeWith } from '../../main/resources/web/app/model/chart-keys.ts';
import { DeviceSeries } from '../../main/resources/web/app/model/device-series.ts';

const SHOWN = { first: 10, last: 19 };
const ALL = { first: 0, last: 29 };
const NONE = { first: 0, last: -1 };

describe('chartWish', () => {
  it('begins at the newest point that is shown, whichever way the step goes', () => {
    for (const key of ['ArrowLeft', 'ArrowRight', 'PageDown', 'End']) {
      assert.equal(chartWish(key, undefined, SHOWN, ALL), 19, key);
    }
    assert.equal(chartWish('Home', undefined, SHOWN, ALL), 10);
  });

  it('goes by one or by ten, no further than it may', () => {
    assert.equal(chartWish('ArrowLeft', 15, SHOWN, SHOWN), 14);
    assert.equal(chartWish('ArrowDown', 15, SHOWN, SHOWN), 14);
    assert.equal(chartWish('ArrowRight', 15, SHOWN, SHOWN), 16);
    assert.equal(chartWish('ArrowUp', 15, SHOWN, SHOWN), 16);
    assert.equal(chartWish('ArrowRight', 19, SHOWN, SHOWN), 19);
    assert.equal(chartWish('PageDown', 15, SHOWN, SHOWN), 10);
    assert.equal(chartWish('PageUp', 15, SHOWN, ALL), 25);
  });

  it('comes back into view where the point has moved out of it', () => {
    assert.equal(chartWish('ArrowLeft', 3, SHOWN, SHOWN), 10);
    assert.equal(chartWish('End', 3, SHOWN, ALL), 19);
  });

  it('zooms, and leaves other keys alone', () => {
    const wishes = ['+', '=', '-', '0', 'Escape', 'Tab', 'a', 'Enter'].map((key) => chartWish(key, 15, SHOWN, ALL));
    assert.deepEqual(wishes, ['in', 'in', 'out', 'all', 'all', undefined, undefined, undefined]);
  });

  it('has nowhere to go without points', () => {
    for (const key of ['ArrowLeft', 'Home', 'End']) {
      assert.equal(chartWish(key, undefined, NONE, NONE), undefined, key);
    }
  });
});

describe('rangeWith', () => {
  it('moves no further than it must', () => {
    const range = { from: 1000, to: 2000 };
    assert.deepEqual(rangeWith(range, 1500, 100), range);
    assert.deepEqual(rangeWith(range, 1990, 100), range, 'which a running window may be');
    assert.deepEqual(rangeWith(range, 950, 100), { from: 900, to: 1900 });
    assert.deepEqual(rangeWith(range, 2050, 100), { from: 1100, to: 2100 });
  });
});

describe('placeAt', () => {
  it('stays near a point that the series has forgotten, and is nowhere in a gap', () => {
    const series = new DeviceSeries(10);
    for (const start of [1000, 1100, 9000, 9100]) {
      series.put(start, 1, 1, 1, 1, 1);
    }
    assert.equal(placeAt(series, 100, 1155), 1);
    assert.equal(placeAt(series, 100, 50), 0);
    assert.equal(placeAt(series, 100, 5000), undefined);
    assert.equal(placeAt(new DeviceSeries(10), 100, 50), undefined);
  });
});

describe('pointsIn', () => {
  it('has the points whose middle is in the range', () => {
    const series = new DeviceSeries(10);
    for (let start = 0; start < 600; start += 100) {
      series.put(start, 1, 1, 1, 1, 1);
    }
    assert.deepEqual(pointsIn(series, 100, { from: 150, to: 449 }), { first: 1, last: 3 });
    assert.deepEqual(pointsIn(series, 100, { from: 0, to: 1000 }), { first: 0, last: 5 });
    const { first, last } = pointsIn(series, 100, { from: 151, to: 249 });
    assert.ok(last < first, 'none between two points');
  });
});
