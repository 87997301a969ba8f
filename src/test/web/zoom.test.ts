import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Zoom } from '../../main/resources/web/app/model/zoom.ts';

const WHOLE = { from: 1000, to: 1800 };
const later = (ms: number): typeof WHOLE => ({ from: WHOLE.from + ms, to: WHOLE.to + ms });

describe('Zoom', () => {
  it('shows the newest, and moves on with it', () => {
    const zoom = new Zoom();
    assert.deepEqual(zoom.of(WHOLE), WHOLE);
    zoom.in(WHOLE, 100);
    assert.deepEqual(zoom.of(WHOLE), { from: 1400, to: 1800 });
    assert.deepEqual(zoom.of(later(50)), { from: 1450, to: 1850 });
    zoom.in(WHOLE, 300);
    assert.deepEqual(zoom.of(WHOLE), { from: 1500, to: 1800 }, 'no narrower than that');
  });

  it('stays where it was put, and comes closer around the middle', () => {
    const zoom = new Zoom();
    zoom.select({ from: 1200, to: 1400 }, 50);
    assert.deepEqual(zoom.of(later(500)), { from: 1200, to: 1400 });
    zoom.in(WHOLE, 50);
    assert.deepEqual(zoom.of(WHOLE), { from: 1250, to: 1350 });
    zoom.out(WHOLE);
    assert.deepEqual(zoom.of(WHOLE), { from: 1200, to: 1400 });
    zoom.out(WHOLE);
    assert.deepEqual(zoom.of(WHOLE), { from: 1100, to: 1500 });
    zoom.out(WHOLE);
    assert.equal(zoom.active, false);
  });

  it('keeps a time in its place, and stays there', () => {
    const zoom = new Zoom();
    zoom.in(WHOLE, 50, 1600);
    assert.deepEqual(zoom.of(later(500)), { from: 1300, to: 1700 });
    zoom.in(WHOLE, 50, 1300);
    assert.deepEqual(zoom.of(WHOLE), { from: 1300, to: 1500 });
    zoom.out(WHOLE, 1500);
    assert.deepEqual(zoom.of(WHOLE), { from: 1100, to: 1500 });
    zoom.in(WHOLE, 50, 900);
    assert.deepEqual(zoom.of(WHOLE), { from: 1100, to: 1300 }, 'no further than what is shown');
  });

  it('widens to neither side of what there is', () => {
    const zoom = new Zoom();
    zoom.select({ from: 1000, to: 1200 }, 50);
    zoom.out(WHOLE, 1200);
    assert.deepEqual(zoom.of(WHOLE), { from: 1000, to: 1400 });
    zoom.select({ from: 1600, to: 1800 }, 50);
    zoom.out(WHOLE, 1600);
    assert.deepEqual(zoom.of(WHOLE), { from: 1400, to: 1800 });
  });

  it('goes back to the beginning and forth to the newest, not beyond', () => {
    const zoom = new Zoom();
    zoom.in(WHOLE, 100);
    zoom.earlier(WHOLE);
    assert.deepEqual(zoom.of(WHOLE), { from: 1200, to: 1600 });
    zoom.earlier(WHOLE);
    zoom.earlier(WHOLE);
    assert.deepEqual(zoom.of(WHOLE), { from: 1000, to: 1400 });
    zoom.later(WHOLE);
    zoom.later(WHOLE);
    assert.deepEqual(zoom.of(later(10)), { from: 1410, to: 1810 });
  });

  it('leaves a place for the newest when the charts go on', () => {
    const zoom = new Zoom();
    zoom.select({ from: 1200, to: 1400 }, 50);
    zoom.follow();
    assert.deepEqual(zoom.of(WHOLE), { from: 1600, to: 1800 });
    zoom.all();
    assert.deepEqual(zoom.of(WHOLE), WHOLE);
  });
});
