/** A server that is started with an operator's files of rules goes by them. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildApp } from '../src/app.ts';
import { findValidityEnd } from '../src/domain/rules/validity.ts';
import { SettingsError } from '../src/settings.ts';
import { dropDatabase, makeDatabase, makeDirectory } from './databases.ts';
import { holdClock } from './harness.ts';
import { makePolicy } from './rules.ts';

const directory = await makeDirectory();

async function start(name: string, days: number) {
  const file = join(directory, name);
  const cap = { types: ['ov' as const], days, reason: 'A test.' };
  await writeFile(file, JSON.stringify(makePolicy({ caps: [cap] })));
  const database = await makeDatabase();
  const settings = { database, seed: 'none', log_level: 'silent', rule_files: [file] } as const;
  try {
    const app = await buildApp(settings, holdClock());
    await app.close();
    return app.environment;
  } finally {
    await dropDatabase(database);
  }
}

test('validations end by the policy that the server was started with', async () => {
  const { rules } = await start('policy.json', 30);
  const { end } = findValidityEnd(rules, {
    type: 'ov',
    date_created: '2026-11-01T00:00:00+00:00',
    latest_end: '',
    relied_on: '',
  });
  assert.equal(end, '2026-12-01T00:00:00+00:00');
});

test('a policy that asks for less than a pack does not let the server start', async () => {
  await assert.rejects(
    start('loose.json', 400),
    (error) => error instanceof SettingsError && /BR 4\.2\.1 allows: 398 days/.test(error.message),
  );
});
