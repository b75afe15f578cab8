/** The documents in git that are made from the contract and the rule packs are what these make now. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { listGeneratedFiles } from '../scripts/generated-files.ts';

for (const { path, content } of listGeneratedFiles()) {
  test(`${path.pathname.split('/').at(-1)} is up to date; npm run generate makes it`, () => {
    assert.equal(readFileSync(path, 'utf8'), content);
  });
}
