/** What the rules of portability find, and what they let pass. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUERY_EXAMPLES } from './query-examples.ts';
import type { Examples } from './rule.ts';
import { checkStatement, RULES, type RuleName } from './rules.ts';
import { SCHEMA_EXAMPLES } from './schema-examples.ts';
import { SESSION_EXAMPLES } from './session-examples.ts';
import { TENANT_EXAMPLES } from './tenant-examples.ts';

const EXAMPLES: Readonly<Record<RuleName, Examples>> = {
  ...SESSION_EXAMPLES,
  ...SCHEMA_EXAMPLES,
  ...QUERY_EXAMPLES,
  ...TENANT_EXAMPLES,
};

for (const [rule, { found, passed }] of Object.entries(EXAMPLES)) {
  test(`the rule ${rule} finds what it is about, and nothing next to it`, async () => {
    for (const sql of found) {
      const faults = await checkStatement(sql);
      const fault = faults.find((other) => other.rule === rule);
      assert.ok(fault, `let pass: ${sql}; found ${JSON.stringify(faults)}`);
      assert.deepEqual(fault.engines, RULES[rule as RuleName].engines);
      assert.doesNotMatch(fault.place, /^$|undefined/);
    }
    for (const sql of passed) {
      assert.deepEqual(await checkStatement(sql), [], sql);
    }
  });
}

test('every rule says why in one sentence', () => {
  for (const [name, { why }] of Object.entries(RULES)) {
    assert.match(why, /^[A-Z].*\.$/, name);
  }
});

test('what PostgreSQL itself does not understand is a fault of every engine', async () => {
  const faults = await checkStatement('selec 1');
  assert.deepEqual(faults, [
    {
      rule: 'syntax',
      engines: ['Aurora', 'Citus', 'CockroachDB', 'YugabyteDB'],
      place: 'syntax error at or near "selec"',
    },
  ]);
});

test('several statements in one text are all looked at, and a thing done twice is one fault', async () => {
  const faults = await checkStatement('select 1; listen a; listen b; vacuum');
  assert.deepEqual(
    faults.map(({ rule, place }) => `${rule}: ${place}`),
    ['notifications: listens', 'maintenance: vacuums'],
  );
});

test('the parts of a statement are found however deep they are', async () => {
  const faults = await checkStatement(
    'select 1 union select a from (select hashtext($1) as a) b where exists (select xmin from c)',
  );
  assert.deepEqual(
    faults.map(({ rule }) => rule),
    ['system-columns', 'unchecked-functions'],
  );
});
