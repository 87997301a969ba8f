import { Api } from '../../main/resources/web/app/core/api.ts';
import { Backoff } from '../../main/resources/web/app/core/backoff.ts';
import { ServiceClock } from '../../main/resources/web/app/core/clock.ts';
import { LiveConnection } from '../../main/resources/web/app/core/live-connection.ts';
import { Rest } from '../../main/resources/web/app/core/rest.ts';
import { FakeSocket, FakeTime } from './fakes.ts';

export interface Answer {
  status: number;
  body?: unknown;
}

/** The service's REST side: one answer per method and path. */
export function apiAnswering(answers: Record<string, Answer>, asked: string[] = []): Api {
  return new Api(restAnswering(answers, asked));
}

export function restAnswering(answers: Record<string, Answer>, asked: string[] = []): Rest {
  return new Rest(((path: string, init: RequestInit) => {
    const call = `${init.method} ${path}`;
    asked.push(call);
    const answer = answers[call] ?? { status: 404 };
    const body = answer.body === undefined ? null : JSON.stringify(answer.body);
    return Promise.resolve(new Response(body, { status: answer.status, headers: { 'Content-Type': 'application/json' } }));
  }) as typeof fetch);
}

export class Bench {
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

export const item = (device: string, start: number, count: number, last = 20): unknown => ({
  device, metric: 'temperature', unit: 'Cel', window: '1s', start, count, min: 1, max: 30, mean: 20, last,
});

export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
