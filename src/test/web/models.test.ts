import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Administration } from '../../main/resources/web/app/core/administration.ts';
import { Api } from '../../main/resources/web/app/core/api.ts';
import { Backoff } from '../../main/resources/web/app/core/backoff.ts';
import { ServiceClock } from '../../main/resources/web/app/core/clock.ts';
import { formatAge, formatConflated, formatSwitch, formatTime, formatValue } from '../../main/resources/web/app/core/format.ts';
import { LiveConnection } from '../../main/resources/web/app/core/live-connection.ts';
import { windowMillis } from '../../main/resources/web/app/core/protocol.ts';
import { Problem, Rest } from '../../main/resources/web/app/core/rest.ts';
import { deviceHref, deviceSettingsHref, groupHref, readRoute } from '../../main/resources/web/app/core/router.ts';
import { Session } from '../../main/resources/web/app/core/session.ts';
import { DeviceModel } from '../../main/resources/web/app/model/device-model.ts';
import type { FleetQuery } from '../../main/resources/web/app/model/fleet-view.ts';
import { DeviceRow, FleetModel } from '../../main/resources/web/app/model/fleet-model.ts';
import { EVERYTHING, FleetView, visibleRange } from '../../main/resources/web/app/model/fleet-view.ts';
import { Metric, freshness } from '../../main/resources/web/app/model/metric.ts';
import { GroupsModel } from '../../main/resources/web/app/model/groups-model.ts';
import { HistoryModel } from '../../main/resources/web/app/model/history-model.ts';
import { KEPT_REJECTS, RejectsModel } from '../../main/resources/web/app/model/rejects-model.ts';
import { importResult, tokenFile } from '../../main/resources/web/app/model/import-result.ts';
import { ProfileDraft } from '../../main/resources/web/app/model/profile-draft.ts';
import { RateMeter } from '../../main/resources/web/app/model/rate-meter.ts';
import { RepeatsModel } from '../../main/resources/web/app/model/repeats-model.ts';
import { FakeSocket, FakeTime, seeded } from './fakes.ts';

type Answer = { status: number; body?: unknown };

/** The service's REST side: one answer per method and path. */
function apiAnswering(answers: Record<string, Answer>, asked: string[] = []): Api {
  return new Api(restAnswering(answers, asked));
}

function restAnswering(answers: Record<string, Answer>, asked: string[] = []): Rest {
  return new Rest(((path: string, init: RequestInit) => {
    const call = `${init.method} ${path}`;
    asked.push(call);
    const answer = answers[call] ?? { status: 404 };
    const body = answer.body === undefined ? null : JSON.stringify(answer.body);
    return Promise.resolve(new Response(body, { status: answer.status, headers: { 'Content-Type': 'application/json' } }));
  }) as typeof fetch);
}

class Bench {
  readonly time = new FakeTime();
  readonly clock = new ServiceClock(() => this.time.now);
  socket = new FakeSocket();
  readonly live = new LiveConnection(
    () => (this.socket = new FakeSocket()),
    this.clock,
    this.time,
    new Backoff(1000, 30_000, () => 0.5),
  );

  opened(): this {
    this.live.start();
    this.socket.welcomes(this.time.now);
    return this;
  }

  idOf(channel: string, mode?: string): number {
    for (const frame of this.socket.sent as { subscribe?: { id: number; channel: string; mode?: string } }[]) {
      if (frame.subscribe?.channel === channel && frame.subscribe.mode === mode) {
        return frame.subscribe.id;
      }
    }
    throw new Error(`no subscription to ${channel}`);
  }
}

const item = (device: string, start: number, count: number, last = 20): unknown => ({
  device, metric: 'temperature', unit: 'Cel', window: '1s', start, count, min: 1, max: 30, mean: 20, last,
});

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('FleetModel', () => {
  it('joins registry, presence and readings', async () => {
    const bench = new Bench().opened();
    const api = apiAnswering({
      'GET api/devices': { status: 200, body: { items: [{ id: 'pump-7', group: 'line-3' }], next: 'x' } },
      'GET api/devices?next=x': { status: 200, body: { items: [{ id: 'pump-8', name: 'Spare' }] } },
    });
    const fleet = new FleetModel(api, bench.live, bench.clock);
    fleet.start();
    await fleet.load();
    bench.socket.says({
      snapshot: { id: bench.idOf('devices'), recovered: false, more: false, items: [{ device: 'pump-7', connected: true }] },
    });
    bench.socket.says({ update: { id: bench.idOf('rollups', 'latest'), items: [item('pump-7', bench.time.now, 3, 21.5)] } });
    const row = fleet.rows.get('pump-7')!;
    assert.equal(fleet.connectedCount(), 1);
    assert.equal(row.group, 'line-3');
    assert.equal([...row.metrics.values()][0]?.value, 21.5);
    assert.equal(fleet.rows.get('pump-8')?.title, 'Spare');
  });

  it('knows from their profiles which metrics are switches', async () => {
    const bench = new Bench().opened();
    const metrics = [{ name: 'pump', type: 'boolean' }, { name: 'flow', type: 'number' }];
    const fleet = new FleetModel(
      apiAnswering({
        'GET api/devices': { status: 200, body: { items: [{ id: 'a', profile: 'plant' }, { id: 'b', profile: 'default' }] } },
        'GET api/profiles': { status: 200, body: { items: [{ name: 'plant', metrics }, { name: 'default' }] } },
      }),
      bench.live,
      bench.clock,
    );
    fleet.start();
    await fleet.load();
    const [a, b] = [fleet.rows.get('a'), fleet.rows.get('b')];
    assert.deepEqual([fleet.isBoolean(a, 'pump'), fleet.isBoolean(a, 'flow'), fleet.isBoolean(b, 'pump')], [true, false, false]);
    assert.deepEqual([1, 0, 0.5].map(formatSwitch), ['on', 'off', formatValue(0.5)]);
  });

  it('counts each reading of a growing window once', () => {
    const bench = new Bench().opened();
    const fleet = new FleetModel(apiAnswering({}), bench.live, bench.clock);
    fleet.start();
    const id = bench.idOf('rollups', 'latest');
    const tell = (start: number, count: number): void =>
      bench.socket.says({ update: { id, items: [item('pump-7', start, count)] } });
    tell(0, 0);
    bench.time.pass(1000);
    tell(1000, 4);
    tell(1000, 10);
    tell(1000, 10);
    bench.time.pass(1000);
    assert.equal(fleet.readings.perSecond(bench.clock.now(), 1), 10);
  });

  it('does not take a snapshot for readings that came now', () => {
    const bench = new Bench().opened();
    const fleet = new FleetModel(apiAnswering({}), bench.live, bench.clock);
    fleet.start();
    const old = bench.time.now - 60_000;
    bench.socket.says({
      snapshot: { id: bench.idOf('rollups', 'latest'), recovered: false, more: false, items: [item('pump-7', old, 500)] },
    });
    bench.time.pass(2000);
    assert.equal(fleet.readings.perSecond(bench.clock.now()), 0);
    const [metric] = [...fleet.rows.get('pump-7')!.metrics.values()];
    assert.equal(freshness(bench.clock.now() - metric!.heardAt), 'stale');
  });

  it('reads the registry again for an unknown device, but not for each of its frames', async () => {
    const bench = new Bench().opened();
    const asked: string[] = [];
    const fleet = new FleetModel(
      apiAnswering({ 'GET api/devices': { status: 200, body: { items: [] } } }, asked),
      bench.live,
      bench.clock,
    );
    fleet.start();
    await fleet.load();
    for (let i = 0; i < 50; i++) {
      bench.time.pass(250);
      bench.socket.says({ update: { id: bench.idOf('rollups', 'latest'), items: [item('ghost', i, 1)] } });
      await settle();
    }
    const lists = asked.filter((call) => call === 'GET api/devices').length;
    assert.ok(lists >= 2 && lists <= 3, `asked ${lists} times`);
  });
});

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

describe('FleetView', () => {
  const rows = ['pump-10', 'pump-9', 'fan-1'].map((id, i) => {
    const row = new DeviceRow(id);
    row.connected = i === 1;
    row.group = i === 2 ? 'hall b' : 'hall a';
    return row;
  });

  const none = new Map<string, number>();
  const ids = (query: Partial<FleetQuery>, rejects = none, now = 100_000): string[] =>
    new FleetView().rows(rows, 1, { ...EVERYTHING, ...query }, { now, rejects }).map((row) => row.id);

  it('sorts numbers as numbers', () => {
    assert.deepEqual(ids({}), ['fan-1', 'pump-9', 'pump-10']);
    assert.deepEqual(ids({ descending: true }), ['pump-10', 'pump-9', 'fan-1']);
  });

  it('sorts by what is going on, and equal ones by name', () => {
    rows[0]!.readings.add(0, 1000);
    rows[0]!.readings.add(8, 2500);
    assert.deepEqual(ids({ sort: 'rate' }, none, 3000), ['pump-10', 'fan-1', 'pump-9']);
    assert.deepEqual(ids({ sort: 'rejects' }, new Map([['pump-9', 3]])), ['pump-9', 'fan-1', 'pump-10']);
    assert.deepEqual(ids({ sort: 'group' }), ['pump-9', 'pump-10', 'fan-1']);
  });

  it('finds every word, in any field', () => {
    assert.deepEqual(ids({ text: 'PUMP hall' }), ['pump-9', 'pump-10']);
  });

  it('filters by state and by group', () => {
    assert.deepEqual(ids({ state: 'connected' }), ['pump-9']);
    assert.deepEqual(ids({ state: 'silent' }), ['pump-9']);
    assert.deepEqual(ids({ state: 'silent' }, none, 1000), []);
    assert.deepEqual(ids({ state: 'disabled' }), []);
    assert.deepEqual(ids({ group: 'hall a', state: 'offline' }), ['pump-10']);
  });

  it('is worked out once a second when it is large, and at once for another question', () => {
    const many = Array.from({ length: 2000 }, (_, i) => new DeviceRow(`pump-${i}`));
    const view = new FleetView();
    const first = view.rows(many, 1, EVERYTHING, { now: 1000, rejects: none });
    assert.equal(view.rows(many, 1, EVERYTHING, { now: 1900, rejects: none }), first);
    assert.equal(view.rows(many, 1, { ...EVERYTHING, text: 'pump-7' }, { now: 1950, rejects: none }).length, 111);
    assert.equal(view.rows(many.slice(1), 2, EVERYTHING, { now: 4000, rejects: none }).length, 1999);
  });

  it('keeps the rows in view, and some beyond', () => {
    assert.deepEqual(visibleRange(10_000, 50, 200, 1000), { from: 0, to: 24 });
    assert.deepEqual(visibleRange(10_000, 50, -5000, 1000), { from: 92, to: 128 });
    assert.deepEqual(visibleRange(10, 50, -5000, 1000), { from: 9, to: 10 });
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
    assert.deepEqual(readRoute('#/constructor'), { page: 'unknown', path: 'constructor' });
    assert.deepEqual(readRoute('#/devices/%'), { page: 'unknown', path: 'devices/%' });
  });

  it('writes values, ages and times', () => {
    assert.equal(formatValue(21.4567), (21.46).toLocaleString());
    assert.equal(formatValue(1e-12), '1.00e-12');
    assert.equal(formatValue(undefined), '–');
    assert.deepEqual([1, 2].map(formatConflated), [
      '1 update was replaced by newer ones on the way',
      '2 updates were replaced by newer ones on the way',
    ]);
    assert.deepEqual([500, 12_000, 180_000, 7_200_000, 2e8].map(formatAge), ['now', '12 s', '3 min', '2 h', '2 d']);
    assert.equal(formatTime(1_763_632_800_000, 'utc'), '10:00:00');
    assert.deepEqual(['1s', '10s', '1m', '?'].map(windowMillis), [1000, 10_000, 60_000, 1000]);
  });
});

describe('repeated messages', () => {
  it('are asked for again and again until nobody looks', async () => {
    const time = new FakeTime();
    const asked: string[] = [];
    const answers: Record<string, Answer> = {
      'GET api/devices/pump-7': { status: 200, body: { id: 'pump-7', repeats: { messages: 12, fromOne: 1, last: 5, hint: 'h' }, late: { readings: 3, last: 4 } } },
    };
    const model = new RepeatsModel('pump-7', apiAnswering(answers, asked), time);
    const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    model.start();
    await settled();
    assert.deepEqual(model.repeats, { messages: 12, fromOne: 1, last: 5, hint: 'h' });
    assert.deepEqual(model.late, { readings: 3, last: 4 });
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

describe('Administration', () => {
  const changing = (status: number, body: unknown, asked: unknown[]): Administration =>
    new Administration(
      new Rest(((path: string, init: RequestInit) => {
        asked.push([init.method, path, (init.headers as Record<string, string>)['If-Match'], init.body]);
        const json = { status, headers: { 'Content-Type': 'application/json', ETag: '"7"' } };
        return Promise.resolve(new Response(JSON.stringify(body), json));
      }) as typeof fetch),
    );

  it('changes only what it has read', async () => {
    const asked: unknown[] = [];
    const administration = changing(200, { id: 'pump 7' }, asked);
    const { tag } = await administration.device('pump 7');
    await administration.replaceDevice({ id: 'pump 7', name: 'Spare' }, tag);
    assert.deepEqual(asked[1], ['PUT', 'api/devices/pump%207', '"7"', '{"id":"pump 7","name":"Spare"}']);
  });

  it('tells which fields are wrong', async () => {
    const errors = [{ field: 'group', detail: 'is too long' }];
    const refused = changing(400, { detail: 'Wrong.', errors }, []).createDevice({ id: 'x' });
    await assert.rejects(refused, (problem: Problem) => problem.status === 400 && problem.of('group') === 'is too long');
  });

  it('ends tokens by one that nobody is told', async () => {
    const asked: unknown[] = [];
    await changing(200, { token: 't' }, asked).revokeTokens('pump-7');
    assert.deepEqual(asked, [['POST', 'api/devices/pump-7/token?graceSeconds=0&validSeconds=1', undefined, undefined]]);
  });
});

describe('importResult', () => {
  it('tells the refused from the created, and writes these into a file', () => {
    const result = importResult([
      { line: 1, id: 'a', status: 201, token: 't"1' },
      { line: 2, status: 400, detail: 'no JSON' },
      { line: 4, id: 'b', status: 409, detail: 'exists already' },
    ]);
    assert.deepEqual(result.refused.map(({ line }) => line), [2, 4]);
    assert.equal(tokenFile(result), '{"id":"a","token":"t\\"1"}\n');
  });
});

describe('ProfileDraft', () => {
  const plant = {
    name: 'plant', strict: true, readingsPerSecond: 100, burst: 200,
    metrics: [{ name: 'temperature', unit: 'Cel', type: 'number' as const, min: -40, max: 125 }, { name: 'state' }],
  };

  it('writes what it has read', () => {
    assert.deepEqual(new ProfileDraft(plant).profile(), plant);
  });

  it('leaves empty fields to the service, and keeps metrics apart that come and go', () => {
    const draft = new ProfileDraft(plant);
    draft.add();
    draft.remove(draft.metrics[0]!.key);
    draft.metrics[1]!.name = ' flow ';
    draft.rate = '';
    draft.burst = ' ';
    assert.deepEqual(draft.profile(), { name: 'plant', strict: true, metrics: [{ name: 'state' }, { name: 'flow' }] });
    assert.equal(new Set(draft.metrics.map(({ key }) => key)).size, 2);
  });

  it('names the fields that hold no number', () => {
    const draft = new ProfileDraft(plant);
    draft.burst = 'many';
    draft.metrics[0]!.max = 'Infinity';
    assert.deepEqual(draft.errors().map(({ field }) => field), ['burst', 'metrics[0].max']);
  });
});
