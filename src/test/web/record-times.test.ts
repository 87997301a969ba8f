import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recordTimes } from '../../main/resources/web/app/model/record-times.ts';

describe('recordTimes', () => {
  it('adds base times, and names each time once', () => {
    assert.deepEqual(recordTimes('[{"bt":1763632800,"n":"a","t":-1.5},{"n":"b","t":-1.5},{"n":"c"}]'), [1_763_632_798_500, 1_763_632_800_000]);
    assert.deepEqual(recordTimes('[{"n":"a","t":4e9}]'), [4e12]);
  });

  it('leaves out what no date can be', () => {
    assert.deepEqual(recordTimes('[{"n":"a","t":1.7e15},{"n":"b","t":4e9}]'), [4e12]);
  });

  it('knows none where they are distances from now, or no records', () => {
    for (const content of ['[{"n":"a","t":-5}]', '[{"n":"a","v":1}]', '[{"n":"a","t":"4e9"}]', '[{"n":"a","t":4e9', '7', '[null]']) {
      assert.deepEqual(recordTimes(content), [], content);
    }
  });
});
