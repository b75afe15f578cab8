/** What the server records, and what the console calls it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ORDER_STATUSES } from '@orgvet/contract';
import { events } from '../src/texts/en/events.ts';

const SERVER = fileURLToPath(new URL('../../server/src', import.meta.url));

const SOURCE = globSync(`${SERVER}/**/*.ts`)
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => readFileSync(path, 'utf8'))
  .join('\n');

/** An action in an event: by itself, or one of two. */
const RECORDED = /\baction: (?:[^,;\n]*\? )?'([a-z_]+)'(?: : '([a-z_]+)')?/g;

/** What becomes of an order is recorded by the name of its status. */
const OF_ORDERS = ORDER_STATUSES.map((status) => `order_${status}`);

const names = Object.keys(events.actions);

test('every action that the server records has a text', () => {
  const recorded = [...SOURCE.matchAll(RECORDED)].flatMap(([, one = '', other = one]) => [
    one,
    other,
  ]);
  assert.deepEqual(
    [...new Set(recorded)].filter((action) => !names.includes(action)),
    [],
  );
  assert.ok(recorded.includes('signed_in') && recorded.includes('sign_in_begun'));
});

test('every text is of an action that the server records', () => {
  assert.deepEqual(
    names.filter((name) => !SOURCE.includes(`'${name}'`) && !OF_ORDERS.includes(name)),
    [],
  );
});
