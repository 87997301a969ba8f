import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Backoff } from '../../main/resources/web/app/core/backoff.ts';
import { ServiceClock } from '../../main/resources/web/app/core/clock.ts';
import { LiveConnection } from '../../main/resources/web/app/core/live-connection.ts';
import type { Sink } from '../../main/resources/web/app/core/live-connection.ts';
import { FakeSocket, FakeTime } from './fakes.ts';

class Bench {
  readonly time = new FakeTime();
  readonly sockets: FakeSocket[] = [];
  readonly clock = new ServiceClock(() => this.time.now);
  readonly live = new LiveConnection(
    () => {
      const socket = new FakeSocket();
      this.sockets.push(socket);
      return socket;
    },
    this.clock,
    this.time,
    new Backoff(1000, 30_000, () => 0.5),
  );

  get socket(): FakeSocket {
    return this.sockets.at(-1)!;
  }

  opened(): this {
    this.live.start();
    this.socket.welcomes(this.time.now);
    return this;
  }
}

class Recorder implements Sink {
  readonly heard: unknown[] = [];

  snapshot(items: readonly unknown[], first: boolean, recovered: boolean): void {
    this.heard.push({ items, first, recovered });
  }

  update(items: readonly unknown[], conflated: number): void {
    this.heard.push({ items, conflated });
  }
}

describe('LiveConnection', () => {
  it('subscribes once it is welcomed, not before', () => {
    const bench = new Bench();
    bench.live.subscribe({ channel: 'devices', maxHz: 4 }, new Recorder());
    bench.live.start();
    assert.deepEqual(bench.socket.sent, []);
    bench.socket.welcomes();
    assert.deepEqual(bench.socket.sent, [{ subscribe: { id: 1, channel: 'devices', maxHz: 4 } }]);
  });

  it('hands snapshots in parts and updates to the right sink', () => {
    const bench = new Bench().opened();
    const [one, two] = [new Recorder(), new Recorder()];
    bench.live.subscribe({ channel: 'devices' }, one);
    bench.live.subscribe({ channel: 'rollups' }, two);
    bench.socket.says({ snapshot: { id: 2, position: 'p1', recovered: false, more: true, items: [1] } });
    bench.socket.says({ snapshot: { id: 2, position: 'p2', recovered: false, more: false, items: [2] } });
    bench.socket.says({ update: { id: 2, position: 'p3', items: [3], conflated: 7 } });
    assert.deepEqual(one.heard, []);
    assert.deepEqual(two.heard, [
      { items: [1], first: true, recovered: false },
      { items: [2], first: false, recovered: false },
      { items: [3], conflated: 7 },
    ]);
  });

  it('begins anew where a recovery is given up', () => {
    const bench = new Bench().opened();
    const sink = new Recorder();
    bench.live.subscribe({ channel: 'devices' }, sink);
    bench.socket.says({ snapshot: { id: 1, recovered: true, more: true, items: ['a'] } });
    bench.socket.says({ snapshot: { id: 1, recovered: false, more: true, items: ['b'] } });
    bench.socket.says({ snapshot: { id: 1, recovered: false, more: false, items: ['c'] } });
    assert.deepEqual(sink.heard, [
      { items: ['a'], first: true, recovered: true },
      { items: ['b'], first: true, recovered: false },
      { items: ['c'], first: false, recovered: false },
    ]);
  });

  it('comes back with new ids and the position that was complete', () => {
    const bench = new Bench().opened();
    bench.live.subscribe({ channel: 'rollups' }, new Recorder());
    bench.socket.says({ snapshot: { id: 1, position: 'p1', recovered: false, more: false, items: [] } });
    bench.socket.says({ update: { id: 1, position: 'p2', items: [] } });
    bench.socket.drops(1006);
    assert.equal(bench.live.state.name, 'waiting');
    bench.time.pass(500);
    bench.socket.welcomes();
    assert.equal(bench.sockets.length, 2);
    assert.deepEqual(bench.socket.sent, [{ subscribe: { id: 2, channel: 'rollups', since: 'p2' } }]);
  });

  it('does not take the position of a snapshot that broke off', () => {
    const bench = new Bench().opened();
    bench.live.subscribe({ channel: 'rollups' }, new Recorder());
    bench.socket.says({ snapshot: { id: 1, position: 'p1', recovered: false, more: true, items: [] } });
    bench.socket.drops(1006);
    bench.time.pass(500);
    bench.socket.welcomes();
    assert.deepEqual(bench.socket.sent, [{ subscribe: { id: 2, channel: 'rollups' } }]);
  });

  it('waits longer after each failure, and starts over after a stable minute', () => {
    const bench = new Bench();
    bench.live.start();
    const delays: number[] = [];
    for (let i = 0; i < 3; i++) {
      bench.socket.drops(1006);
      const { state } = bench.live;
      assert.ok(state.name === 'waiting');
      const delay = state.retryAt - bench.time.now;
      delays.push(delay);
      bench.time.pass(delay);
    }
    assert.deepEqual(delays, [500, 1000, 2000]);
    bench.socket.welcomes(bench.time.now);
    for (let i = 0; i < 7; i++) {
      bench.time.pass(10_000);
      bench.socket.says({ pong: {} });
    }
    bench.socket.drops(1006);
    const { state } = bench.live;
    assert.ok(state.name === 'waiting');
    assert.equal(state.retryAt - bench.time.now, 500);
  });

  it('reconnects when the service said it would be back', () => {
    const bench = new Bench().opened();
    bench.socket.says({ goaway: { reason: 'restart', reconnectAfterMs: 4321 } });
    bench.socket.drops(1012);
    const { state } = bench.live;
    assert.ok(state.name === 'waiting');
    assert.equal(state.retryAt - bench.time.now, 4321);
    assert.match(state.why, /restarting/);
  });

  it('asks a silent peer for a sign of life, and leaves it when none comes', () => {
    const bench = new Bench().opened();
    const first = bench.socket;
    bench.time.pass(20_000);
    assert.deepEqual(first.sent, [{ ping: {} }]);
    first.says({ pong: {} });
    bench.time.pass(20_000);
    assert.equal(bench.live.state.name, 'live');
    bench.time.pass(8_000);
    assert.equal(bench.live.state.name, 'waiting');
    assert.ok(first.closed);
  });

  it('gives up a connection that is never welcomed', () => {
    const bench = new Bench();
    bench.live.start();
    bench.time.pass(20_000);
    assert.notEqual(bench.sockets.length, 1);
  });

  it('ends with the session, and does not come back by itself', () => {
    const bench = new Bench().opened();
    bench.socket.drops(4401);
    bench.time.pass(600_000);
    assert.equal(bench.live.state.name, 'ended');
    assert.equal(bench.sockets.length, 1);
  });

  it('rests, and picks up where it was', () => {
    const bench = new Bench().opened();
    bench.live.subscribe({ channel: 'rollups' }, new Recorder());
    bench.socket.says({ snapshot: { id: 1, position: 'p1', recovered: false, more: false, items: [] } });
    bench.live.rest();
    assert.ok(bench.socket.closed);
    bench.time.pass(600_000);
    assert.equal(bench.sockets.length, 1);
    bench.live.start();
    bench.socket.welcomes();
    assert.deepEqual(bench.socket.sent, [{ subscribe: { id: 2, channel: 'rollups', since: 'p1' } }]);
  });

  it('unsubscribes, and hears no more', () => {
    const bench = new Bench().opened();
    const recorder = new Recorder();
    bench.live.subscribe({ channel: 'rollups' }, recorder).close();
    assert.deepEqual(bench.socket.sent.at(-1), { unsubscribe: { id: 1 } });
    bench.socket.says({ update: { id: 1, position: 'p', items: [1] } });
    assert.deepEqual(recorder.heard, []);
  });

  it('tells the one whose subscription was refused', () => {
    const bench = new Bench().opened();
    let refused: string | undefined;
    const fails = (): void => assert.fail('nothing was subscribed to');
    bench.live.subscribe(
      { channel: 'rollups', window: '7s' },
      { snapshot: fails, update: fails, refused: (error) => (refused = error.code) },
    );
    bench.socket.says({ error: { id: 1, code: 'unknown-window', detail: '7s' } });
    assert.equal(refused, 'unknown-window');
  });

  it('goes on over frames that it does not understand', () => {
    const bench = new Bench().opened();
    bench.socket.says({ novelty: {} });
    bench.socket.onmessage?.({ data: 'no json' });
    bench.socket.onmessage?.({ data: new ArrayBuffer(1) });
    assert.equal(bench.live.state.name, 'live');
  });
});
