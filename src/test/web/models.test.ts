import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Backoff } from '../../main/resources/web/app/core/backoff.ts';
import { ServiceClock } from '../../main/resources/web/app/core/clock.ts';
import { formatAge, formatConflated, formatTime, formatValue } from '../../main/resources/web/app/core/format.ts';
import { windowMillis } from '../../main/resources/web/app/core/protocol.ts';
import { Problem } from '../../main/resources/web/app/core/rest.ts';
import { deviceHref, deviceSettingsHref, groupHref, readParameters, readRoute, rejectsHref } from '../../main/resources/web/app/core/router.ts';
import { Session } from '../../main/resources/web/app/core/session.ts';
import { DeviceModel } from '../../main/resources/web/app/model/device-model.ts';
import { DeviceRow } from '../../main/resources/web/app/model/fleet-model.ts';
import { Metric } from '../../main/resources/web/app/model/metric.ts';
import { GroupsModel } from '../../main/resources/web/app/model/groups-model.ts';
import { KEPT_REJECTS, RejectsModel } from '../../main/resources/web/app/model/rejects-model.ts';
import { RateMeter } from '../../main/resources/web/app/model/rate-meter.ts';
import { CountsModel } from '../../main/resources/web/app/model/counts-model.ts';
import { FakeTime, seeded } from './fakes.ts';
import type { Answer } from './bench.ts';
import { apiAnswering, Bench, item, settle } from './bench.ts';

describe('Metric', () => {
  it('takes a final value that repeats for no sign of life', () => {
    const time = new FakeTime();
    const clock = new ServiceClock(() => time.now);
    const metric = new Metric('t', '', 10);
    const window = { metric: 't', window: '1s', start: time.now, count: 5, last: 1 };
    metric.take(window, clock, true);
    const heard = metric.heardAt;
    time.pass(40_000);
    metric.take({ ...window, final: true }, clock, true);
    assert.equal(metric.heardAt, heard);
  });

  it('keeps the newest value when an older window comes late', () => {
    const clock = new ServiceClock(() => 10_000);
    const metric = new Metric('t', '', 10);
    metric.take({ metric: 't', window: '1s', start: 5000, count: 1, last: 5 }, clock, true);
    metric.take({ metric: 't', window: '1s', start: 3000, count: 1, last: 3 }, clock, true);
    assert.equal(metric.value, 5);
    assert.deepEqual([...metric.series.last], [3, 5]);
  });

  it('knows the newest window that is over, and the newest where none is', () => {
    const clock = new ServiceClock(() => 10_000);
    const metric = new Metric('t', '', 10);
    assert.equal(metric.lastWhole(1000, 10_000), -1);
    for (const start of [7000, 8000, 9000]) {
      metric.take({ metric: 't', window: '1s', start, count: 1, last: start }, clock, true);
    }
    assert.deepEqual([9500, 10_000, 11_000, 60_000].map((now) => metric.series.start[metric.lastWhole(1000, now)]), [7000, 8000, 9000, 9000]);
    assert.equal(metric.series.start[metric.lastWhole(1000, 0)], 9000);
  });

  it('shows a text, and draws none', () => {
    const metric = new Metric('mode', '', 10);
    metric.take({ metric: 'mode', window: '1s', start: 0, count: 1, last: 'auto', type: 'string' }, new ServiceClock(), true);
    assert.equal(metric.value, 'auto');
    assert.equal(metric.series.length, 0);
  });
});

describe('DeviceModel', () => {
  it('watches one device in one window, and changes windows cleanly', () => {
    const bench = new Bench().opened();
    const model = new DeviceModel('pump-7', bench.live, bench.clock);
    model.watchWindow('1s', undefined);
    bench.socket.says({ update: { id: bench.idOf('rollups', 'latest'), items: [item('pump-7', 1000, 1)] } });
    assert.equal(model.metrics().length, 1);
    model.watchWindow('1m', undefined);
    assert.equal(model.metrics().length, 0);
    assert.equal(bench.socket.sent.filter((frame) => 'unsubscribe' in (frame as object)).length, 1);
  });

  it('starts with what the fleet has gathered', () => {
    const bench = new Bench().opened();
    const row = new DeviceRow('pump-7');
    const metric = new Metric('temperature', 'Cel', 10);
    metric.take({ metric: 'temperature', unit: 'Cel', window: '1s', start: 1000, count: 1, last: 7 }, bench.clock, true);
    row.metrics.set('temperature\u0000Cel', metric);
    const model = new DeviceModel('pump-7', bench.live, bench.clock);
    model.watchWindow('1s', row);
    assert.deepEqual([...model.metrics()[0]!.series.last], [7]);
  });
});

describe('Session', () => {
  it('notices on a failed connection that the session has ended', async () => {
    const bench = new Bench();
    const answers: Record<string, Answer> = { 'GET api/session': { status: 200, body: { name: 'ada', role: 'viewer' } } };
    const session = new Session(apiAnswering(answers), bench.live);
    await session.restore();
    assert.equal(session.state.name, 'signed-in');
    answers['GET api/session'] = { status: 401 };
    bench.socket.drops(1006);
    await settle();
    assert.equal(session.state.name, 'signed-out');
    assert.equal(bench.live.state.name, 'idle');
  });

  it('says in the service\'s words why it refuses', async () => {
    const api = apiAnswering({ 'POST api/session': { status: 429, body: { detail: 'Wait 20 s.' } } });
    await assert.rejects(api.signIn('ada', 'x'), new Problem(429, 'Wait 20 s.'));
  });

  it('takes the greatest of several roles', async () => {
    const api = apiAnswering({
      'POST api/session': { status: 200, body: { name: 'ada', roles: ['viewer', 'operator', 'admin'] } },
    });
    assert.deepEqual(await api.signIn('ada', 'x'), { name: 'ada', role: 'admin' });
  });
});

describe('small things', () => {
  it('jitters fully, below a ceiling that doubles to its cap', () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
    const backoff = new Backoff(1000, 30_000, seeded(seed));
    for (let attempt = 0; attempt < 60; attempt++) {
      const delay = backoff.nextDelayMs();
      assert.ok(delay >= 0 && delay <= Math.min(30_000, 1000 * 2 ** attempt), `seed ${seed}, ${attempt}: ${delay}`);
    }
  });

  it('measures a rate over whole seconds', () => {
    const meter = new RateMeter();
    for (let ms = 100_500; ms < 108_000; ms += 100) {
      meter.add(2, ms);
    }
    assert.equal(meter.perSecond(108_000), 20);
    assert.deepEqual(meter.history(108_000), [20, 20, 20, 20, 20, 20, 20]);
    assert.equal(meter.perSecond(300_000), 0);
  });

  it('reads links, and writes them back', () => {
    assert.deepEqual(readRoute(''), { page: 'fleet' });
    assert.deepEqual(readRoute(deviceHref('pump-7')), { page: 'device', id: 'pump-7' });
    assert.deepEqual(readRoute(deviceSettingsHref('pump-7')), { page: 'device-settings', id: 'pump-7' });
    assert.deepEqual(readRoute('#/groups/a/settings'), { page: 'unknown', path: 'groups/a/settings' });
    assert.deepEqual(readRoute('#/nowhere'), { page: 'unknown', path: 'nowhere' });
    assert.deepEqual(readRoute('#/rejects'), { page: 'rejects' });
    assert.deepEqual(readRoute(groupHref('line 3')), { page: 'group', name: 'line 3' });
    assert.deepEqual(readRoute('#/?sort=-rejects'), { page: 'fleet' });
    assert.equal(readParameters('#/?sort=-rejects').get('sort'), '-rejects');
    assert.deepEqual(readRoute(rejectsHref('pump-7')), { page: 'rejects' });
    assert.equal(readParameters(rejectsHref('pump-7')).get('device'), 'pump-7');
    assert.deepEqual(readRoute('#/constructor'), { page: 'unknown', path: 'constructor' });
    assert.deepEqual(readRoute('#/devices/%'), { page: 'unknown', path: 'devices/%' });
  });

  it('writes values, ages and times', () => {
    assert.equal(formatValue(21.4567), (21.46).toLocaleString());
    assert.equal(formatValue(1e-12), '1.00e-12');
    assert.equal(formatValue(undefined), '–');
    assert.deepEqual([1, 2].map(formatConflated), [
      '1 update was replaced by newer ones on the way to this screen; nothing stored is lost',
      '2 updates were replaced by newer ones on the way to this screen; nothing stored is lost',
    ]);
    assert.deepEqual([500, 12_000, 180_000, 7_200_000, 2e8].map(formatAge), ['now', '12 s', '3 min', '2 h', '2 d']);
    assert.equal(formatTime(1_763_632_800_000, 'utc'), '10:00:00');
    assert.deepEqual(['1s', '10s', '1m', '?'].map(windowMillis), [1000, 10_000, 60_000, 1000]);
  });
});

describe('CountsModel', () => {
  it('are asked for again and again until nobody looks', async () => {
    const time = new FakeTime();
    const asked: string[] = [];
    const answers: Record<string, Answer> = {
      'GET api/devices/pump-7': { status: 200, body: { id: 'pump-7', repeats: { messages: 12, fromOne: 1, last: 5, hint: 'h' }, late: { readings: 3, last: 4 }, connections: [{ since: 5 }] } },
    };
    const model = new CountsModel('pump-7', apiAnswering(answers, asked), time);
    const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    model.start();
    await settled();
    assert.deepEqual(model.repeats, { messages: 12, fromOne: 1, last: 5, hint: 'h' });
    assert.deepEqual(model.late, { readings: 3, last: 4 });
    assert.deepEqual(model.connections, [{ since: 5 }]);
    answers['GET api/devices/pump-7'] = { status: 503 };
    time.pass(15_000);
    await settled();
    assert.equal(asked.length, 2);
    assert.deepEqual(model.repeats, { messages: 12, fromOne: 1, last: 5, hint: 'h' });
    model.stop();
    time.pass(60_000);
    await settled();
    assert.equal(asked.length, 2);
  });
});

describe('RejectsModel', () => {
  const reject = (device: string, code: string, received: number): unknown => ({ device, code, received, records: 1 });

  it('keeps the newest, in their order, and counts them by what they have in common', () => {
    const bench = new Bench().opened();
    const model = new RejectsModel(bench.live, bench.clock);
    model.start();
    const id = bench.idOf('rejects');
    bench.socket.says({
      snapshot: { id, position: 'a', recovered: false, more: false, items: [reject('a', 'malformed', 2), reject('b', 'out-of-range', 3)] },
    });
    assert.equal(model.rate.perSecond(bench.time.now), 0, 'what was there before is no news');
    bench.socket.says({ update: { id, position: 'b', items: [reject('b', 'malformed', 1), reject('b', 'out-of-range', 4)] } });
    assert.deepEqual(model.newest.map((one) => one.received), [4, 3, 2, 1]);
    assert.deepEqual(model.byDevice(), [{ name: 'b', count: 3 }, { name: 'a', count: 1 }]);
    assert.deepEqual(model.byCode(), [{ name: 'malformed', count: 2 }, { name: 'out-of-range', count: 2 }]);

    const many = Array.from({ length: KEPT_REJECTS }, (_, i) => reject('c', 'too-large', 10 + i));
    bench.socket.says({ update: { id, position: 'c', items: many } });
    assert.equal(model.newest.length, KEPT_REJECTS);
    assert.deepEqual(model.byDevice(), [{ name: 'c', count: KEPT_REJECTS }]);
  });

  it('begins anew with a snapshot that recovered nothing, and goes on with one that did', () => {
    const bench = new Bench().opened();
    const model = new RejectsModel(bench.live, bench.clock, 'a');
    model.start();
    const id = bench.idOf('rejects');
    const snapshot = (recovered: boolean, received: number): void =>
      bench.socket.says({ snapshot: { id, position: 'x', recovered, more: false, items: [reject('a', 'malformed', received)] } });
    snapshot(false, 1);
    snapshot(true, 2);
    assert.equal(model.newest.length, 2);
    snapshot(false, 3);
    assert.deepEqual(model.newest.map((one) => one.received), [3]);
  });
});

describe('GroupsModel', () => {
  it('asks for groups alone and keeps the newest of each metric', () => {
    const bench = new Bench().opened();
    const model = new GroupsModel(bench.live, bench.clock);
    model.start();
    assert.deepEqual((bench.socket.sent.at(-1) as { subscribe: { devices: unknown } }).subscribe.devices, []);
    const id = bench.idOf('rollups');
    const of = (group: string, start: number, mean: number): unknown => ({
      group, metric: 'temperature', unit: 'Cel', window: '1s', start, count: 2, min: 1, max: 30, mean, last: 20, final: false,
    });
    bench.socket.says({ snapshot: { id, position: 'a', recovered: false, more: false, items: [of('line-1', 1000, 5), of('line-2', 1000, 6)] } });
    bench.socket.says({ update: { id, position: 'b', items: [of('line-1', 2000, 7)] } });
    const mean = (group: string): number | undefined => model.groups.get(group)?.get('temperature\u0000Cel')?.series.mean.at(-1);
    assert.equal(mean('line-1'), 7);
    assert.equal(mean('line-2'), 6);
  });
});
