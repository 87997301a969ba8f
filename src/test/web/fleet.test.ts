import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatShare, formatSwitch, formatValue } from '../../main/resources/web/app/core/format.ts';
import { fleetParameters, readFleetQuery } from '../../main/resources/web/app/model/fleet-address.ts';
import type { FleetQuery } from '../../main/resources/web/app/model/fleet-view.ts';
import { DeviceRow, FleetModel } from '../../main/resources/web/app/model/fleet-model.ts';
import { EVERYTHING, FleetView, sortedBy, visibleRange } from '../../main/resources/web/app/model/fleet-view.ts';
import { presenceOf } from '../../main/resources/web/app/model/presence.ts';
import { Metric, freshness } from '../../main/resources/web/app/model/metric.ts';
import { apiAnswering, Bench, item, settle } from './bench.ts';

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
    const [a, b] = [fleet.rows.get('a')!, fleet.rows.get('b')!];
    const ofGroup = (): boolean => fleet.isGroupBoolean('hall', 'pump');
    a.group = b.group = 'hall';
    assert.equal(ofGroup(), false, 'nobody sends it');
    a.metrics.set('pump', new Metric('pump', '', 1));
    assert.equal(ofGroup(), true);
    b.metrics.set('pump', new Metric('pump', '', 1));
    assert.equal(ofGroup(), false, 'of one it may be a number');
    assert.deepEqual([fleet.isBoolean(a, 'pump'), fleet.isBoolean(a, 'flow'), fleet.isBoolean(b, 'pump')], [true, false, false]);
    assert.deepEqual([1, 0, 0.5].map(formatSwitch), ['on', 'off', formatValue(0.5)]);
    assert.deepEqual([2 / 3, undefined].map(formatShare), ['67 % on', '–']);
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

  it('reads once more for what changed while it read', async () => {
    const bench = new Bench().opened();
    const asked: string[] = [];
    const fleet = new FleetModel(apiAnswering({ 'GET api/devices': { status: 200, body: { items: [] } } }, asked), bench.live, bench.clock);
    fleet.start();
    await Promise.all([fleet.load(), fleet.load(), fleet.load()]);
    assert.equal(asked.filter((call) => call === 'GET api/devices').length, 2);
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

describe('the fleet in an address', () => {
  it('is read as it was written', () => {
    assert.equal(fleetParameters(EVERYTHING).toString(), '');
    const query: FleetQuery = { text: 'pump & fan ', state: 'silent', group: '', sort: 'rejects', descending: true };
    const written = fleetParameters(query).toString();
    assert.equal(written, 'text=pump+%26+fan+&state=silent&group=&sort=-rejects');
    assert.deepEqual(readFleetQuery(new URLSearchParams(written)), query);
  });

  it('is as usual where the address says what nobody knows', () => {
    assert.deepEqual(readFleetQuery(new URLSearchParams('state=lost&sort=luck&x=1')), EVERYTHING);
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
    assert.deepEqual(ids({ sort: 'rate', descending: true }, none, 3000), ['pump-10', 'fan-1', 'pump-9']);
    assert.deepEqual(ids({ sort: 'rejects', descending: true }, new Map([['pump-9', 3]])), ['pump-9', 'fan-1', 'pump-10']);
    assert.deepEqual(ids({ sort: 'rejects' }, new Map([['pump-9', 3]])), ['fan-1', 'pump-10', 'pump-9']);
    assert.deepEqual(ids({ sort: 'group' }), ['pump-9', 'pump-10', 'fan-1']);
  });

  it('begins with the greatest of numbers and the first of names, and turns round after that', () => {
    const rejects = sortedBy(EVERYTHING, 'rejects');
    assert.deepEqual(rejects, { sort: 'rejects', descending: true });
    assert.deepEqual(sortedBy({ ...EVERYTHING, ...rejects }, 'rejects'), { sort: 'rejects', descending: false });
    assert.deepEqual(sortedBy(EVERYTHING, 'group'), { sort: 'group', descending: false });
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

  it('knows who sends without a connection', () => {
    const now = 1_000_000;
    const heard = (ms: number, connected?: boolean, since?: number): DeviceRow => {
      const row = new DeviceRow('meter');
      row.lastSeen = ms;
      row.connected = connected;
      row.since = since;
      return row;
    };
    assert.equal(presenceOf(heard(now - 29_000), now), 'http');
    assert.equal(presenceOf(heard(now - 31_000), now), 'quiet');
    assert.equal(presenceOf(heard(0), now), 'unseen');
    assert.equal(presenceOf(heard(now - 2000, false, now - 4000), now), 'offline', 'what it had sent before its connection ended');
    assert.equal(presenceOf(heard(now - 2000, false, now - 3_600_000), now), 'http');
    const meter = heard(now - 2000);
    const shown = (state: FleetQuery['state']): number =>
      new FleetView().rows([meter], 1, { ...EVERYTHING, state }, { now, rejects: none }).length;
    assert.deepEqual([shown('http'), shown('offline'), shown('connected')], [1, 0, 0]);
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
