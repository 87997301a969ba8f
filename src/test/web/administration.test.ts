import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Administration } from '../../main/resources/web/app/core/administration.ts';
import { Problem, Rest } from '../../main/resources/web/app/core/rest.ts';
import { importResult, tokenFile } from '../../main/resources/web/app/model/import-result.ts';
import { ProfileDraft } from '../../main/resources/web/app/model/profile-draft.ts';

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

  it('keeps what came of an answer that broke off', async () => {
    const encoder = new TextEncoder();
    const parts = ['{"line":1,"id":"a","status":201,"token":"t"}\n{"line":2,', '"id":"b"'];
    const body = new ReadableStream({
      pull(controller) {
        const part = parts.shift();
        if (part === undefined) {
          controller.error(new Error('reset'));
        } else {
          controller.enqueue(encoder.encode(part));
        }
      },
    });
    const administration = new Administration(new Rest(() => Promise.resolve(new Response(body))));
    assert.deepEqual(await administration.importDevices('…'), {
      lines: [{ line: 1, id: 'a', status: 201, token: 't' }],
      isWhole: false,
    });
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
