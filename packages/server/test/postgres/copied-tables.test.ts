/** What `orgvet copy` takes along: every table and column that there is, unless a reason says no. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { systemClock } from '../../src/clock.ts';
import { openForCopy } from '../../src/environment.ts';
import type { Handle } from '../../src/store/database.ts';
import { TABLES_WITH_IDS } from '../../src/store/dialects.ts';
import { rawStatement } from '../../src/store/statement.ts';
import { COPIED_TABLES, NOT_COPIED } from '../../src/store/tables.ts';
import { type DatabaseKind, makeDatabase, SUITE } from '../databases.ts';

interface Column {
  readonly table_name: string;
  readonly name: string;
  readonly type: string;
  readonly is_nullable: number;
}

/** Without what a database keeps for itself: SQLite's own tables, and those behind its search index. */
const COLUMNS = {
  sqlite: `select t.name as table_name, c.name, lower(c.type) as type,
      (c."notnull" = 0 and c.pk = 0) as is_nullable
    from sqlite_master t, pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'organization_name_index_%'`,
  postgres: `select table_name, column_name as name, data_type as type,
      case is_nullable when 'YES' then 1 else 0 end as is_nullable
    from information_schema.columns where table_schema = current_schema()`,
};

/** The databases that there are to compare with: SQLite's, and the suite's other one. */
const KINDS: readonly DatabaseKind[] = ['sqlite', SUITE === 'sqlite' ? 'postgres' : SUITE];

function ask<Row>(handle: Handle, text: string): Promise<Row[]> {
  return handle.all(
    rawStatement<object, Row>(() => sql.raw(text)),
    {},
  );
}

for (const kind of KINDS) {
  test(`every table and column of ${kind} is copied, or it is said why not`, async () => {
    const { store } = await openForCopy(await makeDatabase(kind), systemClock);
    const columns = await ask<Column>(store.reader, COLUMNS[store.reader.dialect.name]);
    await store.close();
    const tables = Object.groupBy(columns, ({ table_name }) => table_name);
    assert.deepEqual(
      Object.keys(tables).sort(),
      [...COPIED_TABLES.map(({ name }) => name), ...Object.keys(NOT_COPIED)].sort(),
    );
    for (const table of COPIED_TABLES) {
      assert.deepEqual(
        tables[table.name]?.map(({ name }) => name).sort(),
        [...table.columns].sort(),
        table.name,
      );
      const strange = tables[table.name]?.filter(
        ({ type, is_nullable }) => is_nullable === 1 || !/^(bigint|integer|text)$/.test(type),
      );
      assert.deepEqual(
        strange,
        [],
        'only whole numbers and texts that are never null can be copied',
      );
    }
  });
}

test('every row is copied after those that it refers to', async () => {
  const { store } = await openForCopy(await makeDatabase('sqlite'), systemClock);
  const known: string[] = [];
  for (const { name } of COPIED_TABLES) {
    const parents = await ask<{ parent: string }>(
      store.reader,
      `select distinct "table" as parent from pragma_foreign_key_list('${name}')`,
    );
    assert.deepEqual(
      parents.map(({ parent }) => parent).filter((parent) => !known.includes(parent)),
      [],
      name,
    );
    known.push(name);
  }
  await store.close();
});

test('tables are read in the order of an index, never sorted', async () => {
  const { store } = await openForCopy(await makeDatabase('sqlite'), systemClock);
  for (const { name, key } of COPIED_TABLES) {
    const columns = key.join(', ');
    const plan = await ask<{ detail: string }>(
      store.reader,
      `explain query plan select * from ${name} where (${columns}) > (${key.map(() => 0).join(', ')})
        order by ${columns}`,
    );
    assert.match(plan[0]?.detail ?? '', /^SEARCH/, name);
    assert.equal(plan.length, 1, JSON.stringify(plan));
  }
  await store.close();
});

test('wherever the database hands out ids, it is told up to where', () => {
  const tables = COPIED_TABLES.filter(({ columns }) => columns.includes('id'));
  assert.deepEqual(tables.map(({ name }) => name).sort(), [...TABLES_WITH_IDS].sort());
});
