import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HistoryModel } from '../../main/resources/web/app/model/history-model.ts';
import { apiAnswering, Bench } from './bench.ts';

describe('HistoryModel', () => {
  const stored = (start: number, mean: number): unknown => ({
    device: 'pump-7', metric: 'temperature', unit: 'Cel', window: '1m', start, count: 60, min: 1, max: 30, mean, last: 20, final: true,
  });
  let hidden = false;
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('joins what is stored and what is live, and asks again while it is shown', async () => {
    const bench = new Bench().opened();
    const minute = Math.floor(bench.time.now / 60_000) * 60_000;
    const from = minute - 3_600_000;
    const call = `GET api/rollups?device=pump-7&metric=temperature&from=${from}&to=${minute + 60_000}&points=61`;
    const asked: string[] = [];
    const api = apiAnswering({ [call]: { status: 200, body: { items: [stored(minute - 120_000, 5), stored(minute - 60_000, 6)] } } }, asked);
    const model = new HistoryModel('pump-7', api, bench.live, bench.clock, bench.time, () => hidden);
    model.show('hour', () => ['temperature', 'temperature']);
    const id = bench.idOf('rollups');
    bench.socket.says({ snapshot: { id, position: 'a', recovered: false, more: false, items: [stored(minute - 60_000, 6), stored(minute, 7)] } });
    await settled();
    assert.deepEqual(asked, [call]);
    assert.equal(model.loaded, true);
    assert.deepEqual(model.range(bench.time.now), { from, to: minute + 60_000 }, 'also where nothing is stored');
    assert.deepEqual([...model.metrics()[0]!.series.mean], [5, 6, 7]);

    bench.time.pass(60_000);
    await settled();
    assert.equal(asked.length, 2);
    assert.match(model.problem ?? '', /no such thing/);
    model.stop();
    bench.time.pass(600_000);
    assert.equal(asked.length, 2);
    assert.equal(model.span, undefined);
  });

  it('asks for a group as for a device', async () => {
    const bench = new Bench().opened();
    const asked: string[] = [];
    const model = new HistoryModel('line-3', apiAnswering({}, asked), bench.live, bench.clock, bench.time, () => hidden, 'group');
    model.show('hour', () => ['temperature']);
    await settled();
    assert.match(asked[0] ?? '', /^GET api\/rollups\?group=line-3&metric=temperature&/);
    assert.deepEqual((bench.socket.sent.at(-1) as { subscribe: { groups: unknown } }).subscribe.groups, ['line-3']);
    model.stop();
  });

  it('asks for nothing while the page is hidden', async () => {
    const bench = new Bench().opened();
    const asked: string[] = [];
    const model = new HistoryModel('pump-7', apiAnswering({}, asked), bench.live, bench.clock, bench.time, () => hidden);
    hidden = true;
    model.show('day', () => ['temperature']);
    bench.time.pass(600_000);
    await settled();
    assert.equal(asked.length, 0);
    hidden = false;
    bench.time.pass(2_000);
    await settled();
    assert.equal(asked.length, 1);
    model.stop();
  });

  it('asks again soon while no metric is known, and says so', async () => {
    const bench = new Bench().opened();
    const asked: string[] = [];
    const names: string[] = [];
    const model = new HistoryModel('pump-7', apiAnswering({}, asked), bench.live, bench.clock, bench.time, () => hidden);
    model.show('day', () => names);
    await settled();
    assert.equal(model.unknown, true);
    assert.equal(asked.length, 0);
    names.push('temperature');
    bench.time.pass(2_000);
    await settled();
    assert.equal(asked.length, 1);
    assert.equal(model.unknown, false);
    model.stop();
  });

  it('shows nothing of a span that was left meanwhile', async () => {
    const bench = new Bench().opened();
    const model = new HistoryModel('pump-7', apiAnswering({}), bench.live, bench.clock, bench.time, () => hidden);
    model.show('week', () => ['temperature']);
    model.stop();
    await settled();
    assert.equal(model.problem, undefined);
    assert.equal(model.loaded, false);
  });
});
