import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LevelMeter } from '../../main/resources/web/app/model/level-meter.ts';
import { WayModel } from '../../main/resources/web/app/model/way-model.ts';
import { Bench } from './bench.ts';
import { FakeSocket } from './fakes.ts';

class Watched extends Bench {
  readonly looks: FakeSocket[] = [];
  hidden = false;
  readonly way = new WayModel(() => this.#look(), this.live, this.clock, this.time, () => this.hidden);

  #look(): FakeSocket {
    const socket = new FakeSocket();
    this.looks.push(socket);
    return socket;
  }

  /** @param lagMs what the service says @param roundTripMs of the ping */
  answers(lagMs: number, roundTripMs: number): FakeSocket {
    const socket = this.looks.at(-1)!;
    socket.says({ welcome: { session: 's', time: this.time.now, windows: ['1s'], roles: ['viewer'], lagMs } });
    this.time.pass(roundTripMs);
    socket.says({ pong: {} });
    return socket;
  }
}

describe('WayModel', () => {
  it('adds up the way, and looks again every ten seconds', () => {
    const bench = new Watched().opened();
    bench.way.start();
    bench.time.pass(0);
    const first = bench.answers(200, 30);
    assert.deepEqual(first.sent, [{ ping: {} }]);
    assert.ok(first.closed);
    assert.equal(bench.way.newest?.total, 200 + 250 + 15);
    bench.time.pass(10_000);
    assert.equal(bench.looks.length, 2);
    bench.answers(300, 30);
    assert.deepEqual(bench.way.history, [465, 565]);
  });

  it('knows none where no reading was on its way, and none that is old', () => {
    const bench = new Watched().opened();
    bench.way.start();
    bench.time.pass(0);
    bench.answers(200, 0);
    bench.time.pass(29_999);
    assert.equal(bench.way.newest?.total, 450);
    bench.time.pass(1);
    assert.equal(bench.way.newest, undefined);
    bench.answers(0, 0);
    assert.equal(bench.way.newest, undefined);
    assert.deepEqual(bench.way.history, [450]);
  });

  it('opens nothing while nobody can see it, and one at a time', () => {
    const bench = new Watched().opened();
    bench.hidden = true;
    bench.way.start();
    bench.time.pass(15_000);
    assert.equal(bench.looks.length, 0);
    bench.socket.says({ pong: {} });
    bench.hidden = false;
    bench.time.pass(10_000);
    assert.equal(bench.looks.length, 1);
    bench.time.pass(8_000);
    assert.ok(bench.looks[0]?.closed, 'it is not waited for any longer');
    bench.time.pass(2_000);
    bench.way.stop();
    assert.ok(bench.looks[1]?.closed);
    bench.time.pass(60_000);
    assert.equal(bench.looks.length, 2);
  });

  it('leaves a service alone that is away', () => {
    const bench = new Watched().opened();
    bench.socket.drops(1006);
    bench.way.start();
    bench.time.pass(0);
    assert.equal(bench.looks.length, 0);
  });
});

describe('LevelMeter', () => {
  it('keeps a level until another is told, and as many seconds as a chart shows', () => {
    const meter = new LevelMeter(4);
    assert.deepEqual(meter.history(10_000), []);
    meter.set(3, 10_000);
    meter.set(5, 10_900);
    assert.deepEqual(meter.history(12_000), [5, 5, 5]);
    meter.set(6, 12_000);
    assert.deepEqual(meter.history(14_500), [5, 6, 6, 6]);
    assert.deepEqual(meter.history(14_000), [5, 6, 6, 6]);
  });

  it('begins anew when the clock is told anew', () => {
    const meter = new LevelMeter(4);
    meter.set(3, 10_000);
    meter.set(4, 12_000);
    assert.deepEqual(meter.history(90_000), [4]);
  });
});
