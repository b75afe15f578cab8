/**
 * Every statement that the tests ran on PostgreSQL is portable. Runs after the other tests, on the log
 * that their server wrote, so it is no test that finds itself: ORGVET_TEST_STATEMENTS names the log's
 * directory.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStatements } from './log.ts';
import { checkStatement, type Fault, RULES } from './rules.ts';

const log_directory = process.env.ORGVET_TEST_STATEMENTS ?? '';
const statements = log_directory === '' ? [] : await readStatements(log_directory);

/** Fewer cannot be all that Orgvet asks of a database: then something is amiss with the log. */
const STATEMENTS_MIN = 60;

/** The tables that a log has to create, to be that of a server which began with nothing. */
const TABLES = ['accounts', 'schema_migrations', 'organizations', 'organization_name_index'];

/** How much of a statement is shown with what is wrong. */
const BEGINNING_LENGTH = 120;

/**
 * What is known not to be portable and stays so, with the reason. Texts compare bytewise by the schema
 * itself, whatever collation a database was made with; CockroachDB, whose texts do so anyway, has no
 * word for it in a column.
 */
const ACCEPTED_RULES: readonly Fault['rule'][] = ['column-collations'];

test('the directory with the log of PostgreSQL is given in ORGVET_TEST_STATEMENTS', () => {
  assert.notEqual(
    log_directory,
    '',
    'set ORGVET_TEST_STATEMENTS to the directory of the *.json logs',
  );
});

test('the log has as many statements as Orgvet must have run', () => {
  assert.ok(
    statements.length >= STATEMENTS_MIN,
    `found ${statements.length} distinct statements in "${log_directory}", expected ${STATEMENTS_MIN}`,
  );
});

test('the log has the schema', () => {
  const missing = TABLES.filter((table) => {
    const creation = new RegExp(`^\\s*create table (if not exists )?"?${table}\\b`, 'i');
    return !statements.some(({ sql }) => creation.test(sql));
  });
  assert.deepEqual(missing, []);
});

test('every statement keeps every rule', async () => {
  const found = await Promise.all(
    statements.map(async ({ sql, runs }) =>
      (await checkStatement(sql)).map((fault) => ({ ...fault, sql, runs })),
    ),
  );
  const byRule = Map.groupBy(found.flat(), ({ rule }) => rule);
  for (const rule of ACCEPTED_RULES) {
    assert.ok(byRule.delete(rule), `${rule} need not be accepted any more`);
  }
  const lines = [...byRule].flatMap(([rule, faults]) => [
    describeRule(rule),
    ...faults.map(
      ({ place, sql, runs }) => `    ${place}: ${beginningOf(sql)} (run ${runs} times)`,
    ),
  ]);
  assert.ok(lines.length === 0, `not portable:\n${lines.join('\n')}`);
});

function describeRule(rule: Fault['rule']): string {
  if (rule === 'syntax') {
    return 'syntax: PostgreSQL itself does not understand it.';
  }
  const { engines, why } = RULES[rule];
  return `${rule} (${engines.join(', ')}): ${why}`;
}

function beginningOf(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim().slice(0, BEGINNING_LENGTH);
}
