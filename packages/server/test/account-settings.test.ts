/** The days on which an account has reminders sent: over HTTP, by the operator, and what follows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type AccountSettings, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { RequestRefused } from '../src/domain/problems.ts';
import { changeSettingsAsOperator } from '../src/operations/account-settings.ts';
import type { Transaction } from '../src/store/database.ts';
import { forgetDueRules } from '../src/store/reminder-settings.ts';
import { listValidations } from '../src/store/validations.ts';
import { organizationBody, startServer } from './harness.ts';
import { make } from './makers.ts';
import { listEvents } from './people.ts';

const PATH = '/vetting/v1/account/settings';
const DEFAULT_DAYS = [90, 60, 30, 7, 0, -7];

const server = await startServer();

async function show(key = server.administrator): Promise<AccountSettings> {
  const answer = await server.send('GET', PATH, { key });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(Value.Check(ROUTES.getAccountSettings.success.schema, answer.json()), answer.text);
  return answer.json();
}

async function change(body: Readonly<Record<string, unknown>>): Promise<void> {
  const answer = await server.send('PUT', PATH, { body });
  assert.equal(answer.status, 204, answer.text);
}

const listChanges = async () =>
  (await listEvents(server, 'account', 1)).filter(
    ({ action }) => action === 'account_settings_changed',
  );

test('an account begins with six reminders, and keeps the days that it sets in order', async () => {
  const before = await show();
  assert.deepEqual(before.reminder_days, DEFAULT_DAYS);
  await change({ reminder_days: [-30, 14, 0, 28] });
  assert.deepEqual(await show(), { ...before, reminder_days: [28, 14, 0, -30] });
  const last = (await listChanges()).at(-1);
  assert.deepEqual(JSON.parse(last?.before ?? ''), before);
  assert.deepEqual(JSON.parse(last?.after ?? '').reminder_days, [28, 14, 0, -30]);
  assert.deepEqual((await show(server.other)).reminder_days, DEFAULT_DAYS);
});

test('no days are no reminders, and other settings leave the days as they are', async () => {
  await change({ reminder_days: [] });
  await change({ duplicate_policy: 'reuse' });
  const { duplicate_policy, reminder_days } = await show();
  assert.deepEqual([duplicate_policy, reminder_days], ['reuse', []]);
});

test('days that cannot be are refused, and nothing is changed', async () => {
  const before = await show();
  const body = { reminder_days: [7, 7, 400], duplicate_policy: 'error' };
  const answer = await server.send('PUT', PATH, { body });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['invalid_reminder_days', 'invalid_reminder_days']);
  assert.deepEqual(await show(), before);
});

test('the operator sets them too, by the same rules', async () => {
  const { environment } = server.app;
  assert.ok(await changeSettingsAsOperator(environment, 1, { reminder_days: [1, 60] }));
  assert.deepEqual((await show()).reminder_days, [60, 1]);
  await assert.rejects(
    changeSettingsAsOperator(environment, 1, { reminder_days: [1, 1] }),
    RequestRefused,
  );
  assert.deepEqual((await show()).reminder_days, [60, 1]);
});

/** Creates an organization that is validated for `ov`, and only submitted for `ds`. @returns its id */
async function createValidated(key = server.administrator): Promise<number> {
  const body = organizationBody({
    skip_duplicate_org_check: true,
    validations: [{ type: 'ov' }, { type: 'ds' }],
  });
  const { id } = await make({ server, key }, '/organization', body);
  const path = `/control/v1/organization/${id}/validation/ov`;
  const answer = await server.send('PUT', path, { key, body: { status: 'active' } });
  assert.equal(answer.status, 204, answer.text);
  return id;
}

test('new days are worked out anew for what is completed, in the background', async () => {
  await change({ reminder_days: [90] });
  const id = await createValidated();
  const readDue = async () => {
    const { reader } = server.app.environment.store;
    const [ov] = await listValidations(reader, 1, [id]);
    return ov?.due_at;
  };
  const before = await readDue();
  assert.ok(before);
  await change({ reminder_days: [100] });
  const expected = new Date(Date.parse(before) - 10 * 86_400_000).toISOString();
  while ((await readDue()) === before) {
    await wait(20);
  }
  assert.equal(Date.parse((await readDue()) ?? ''), Date.parse(expected));
  await change({ reminder_days: [] });
  while ((await readDue()) !== '') {
    await wait(20);
  }
});

test('only what is completed is worked out anew, and only in the account', async () => {
  const { id: other_account } = (await server.send('GET', '/account', { key: server.other })).json<{
    id: number;
  }>();
  const ids = [await createValidated(), await createValidated(server.other)];
  const rulesOf = async (tx: Transaction, account_id: number) =>
    (await listValidations(tx, account_id, ids)).map(({ type, due_rules }) => [type, due_rules]);
  const { store, rules } = server.app.environment;
  // In one transaction: the background work would have it done again before anybody looks.
  const { own, others } = await store.transaction(async (tx) => {
    await forgetDueRules(tx, 1);
    return { own: await rulesOf(tx, 1), others: await rulesOf(tx, other_account) };
  });
  assert.deepEqual(own.toSorted(), [
    ['ds', ''],
    ['ov', ''],
  ]);
  assert.deepEqual(others.toSorted(), [
    ['ds', ''],
    ['ov', rules.digest],
  ]);
});
