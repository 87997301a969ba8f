import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Api } from '../../main/resources/web/app/core/api.ts';
import { Rest } from '../../main/resources/web/app/core/rest.ts';

describe('Api', () => {
  const kept = Array.from({ length: 40 }, (_, i) => ({
    device: 'pump 7', epoch: 'e', seq: 100 - i, code: 'malformed', received: 1000 - i, content: `the ${i}th`,
  }));
  const asking = (asked: string[]): Api =>
    new Api(
      new Rest(((path: string) => {
        asked.push(path);
        const limit = Number(new URL(path, 'http://localhost/').searchParams.get('limit'));
        const json = { headers: { 'Content-Type': 'application/json' } };
        return Promise.resolve(new Response(JSON.stringify({ items: kept.slice(0, limit) }), json));
      }) as typeof fetch),
    );

  it('asks for no more rejects than it takes to find one', async () => {
    const asked: string[] = [];
    assert.equal((await asking(asked).reject(kept[3]!))?.content, 'the 3th');
    assert.deepEqual(asked, ['api/rejects?device=pump+7&code=malformed&limit=10']);
    asked.length = 0;
    assert.equal((await asking(asked).reject(kept[30]!))?.content, 'the 30th');
    assert.deepEqual(asked.map((path) => path.replace(/.*limit=/, '')), ['10', '100']);
  });

  it('does not ask on where there are no more', async () => {
    const asked: string[] = [];
    assert.equal(await asking(asked).reject({ ...kept[0]!, received: 5 }), undefined);
    assert.equal(asked.length, 2);
  });
});
