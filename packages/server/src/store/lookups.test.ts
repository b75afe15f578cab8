/** Lookups that share statements: everybody gets their own row, and nothing read before they asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JointLookups, lookup } from './lookups.ts';
import type { Statement } from './statement.ts';

interface Named {
  readonly name: string;
}

const nameById = lookup<Named>((db, { account_id, id }) =>
  db
    .selectFrom('organizations as o')
    .select('o.name')
    .where('o.account_id', '=', account_id)
    .where('o.id', '=', id),
);

/** Statements that end when the test says so, with the arguments that each was run with. */
function holdStatements() {
  const asked: { ids: readonly number[]; end: (result: readonly Named[] | Error) => void }[] = [];
  const run = <Args extends object, Row>(_: Statement<Args, Row>, args: Args) =>
    new Promise<Row[]>((resolve, reject) => {
      const { id, ids } = args as { id?: number; ids?: string };
      asked.push({
        ids: id === undefined ? (JSON.parse(ids ?? '[]') as number[]) : [id],
        end: (result) =>
          result instanceof Error ? reject(result) : resolve(result as unknown as Row[]),
      });
    });
  const untilAsked = async (statements: number) => {
    while (asked.length < statements) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal(asked.length, statements);
  };
  return { lookups: new JointLookups(run), asked, untilAsked };
}

const found = (looked_up_id: number) => ({ looked_up_id, name: `number ${looked_up_id}` });

test('those who ask at the same moment share a statement, and each gets their own row', async () => {
  const { lookups, asked, untilAsked } = holdStatements();
  const all = [8, 7, 9, 8].map((id) => lookups.find(nameById, 1, id));
  await untilAsked(1);
  assert.deepEqual(
    asked.map(({ ids }) => ids),
    [[8, 7, 9]],
  );
  asked[0]?.end([found(8), found(7)]);
  const names = (await Promise.all(all)).map((row) => row?.name);
  assert.deepEqual(names, ['number 8', 'number 7', undefined, 'number 8']);
});

test('whoever asks while a statement is under way gets nothing that was read before', async () => {
  const { lookups, asked, untilAsked } = holdStatements();
  const first = lookups.find(nameById, 1, 7);
  await untilAsked(1);
  const second = lookups.find(nameById, 1, 7);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(asked.length, 1);
  asked[0]?.end([{ name: 'before' }]);
  assert.deepEqual(await first, { name: 'before' });
  await untilAsked(2);
  asked[1]?.end([{ name: 'after' }]);
  assert.deepEqual(await second, { name: 'after' });
});

test('accounts share no statement', async () => {
  const { lookups, asked, untilAsked } = holdStatements();
  const rows = [1, 2].map((account_id) => lookups.find(nameById, account_id, 7));
  await untilAsked(2);
  asked[0]?.end([{ name: 'of account 1' }]);
  asked[1]?.end([]);
  assert.deepEqual(await Promise.all(rows), [{ name: 'of account 1' }, undefined]);
});

test('a failure is told to all who shared the statement, and to nobody else', async () => {
  const { lookups, asked, untilAsked } = holdStatements();
  const shared = [7, 8].map((id) => lookups.find(nameById, 1, id));
  const other = lookups.find(nameById, 2, 7);
  await untilAsked(2);
  asked[0]?.end(new Error('lost'));
  asked[1]?.end([{ name: 'number 7' }]);
  for (const result of await Promise.allSettled(shared)) {
    assert.equal(result.status, 'rejected');
  }
  assert.deepEqual(await other, { name: 'number 7' });
  const next = lookups.find(nameById, 1, 7);
  await untilAsked(3);
  asked[2]?.end([{ name: 'number 7' }]);
  assert.deepEqual(await next, { name: 'number 7' });
});
