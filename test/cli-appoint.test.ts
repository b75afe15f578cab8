/** `orgvet appoint` on a test account and on a live one: who validates, until when, and their keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AppointmentList } from '@orgvet/contract';
import { makeDatabase, optionsOf } from '../packages/server/test/databases.ts';
import { startServer } from '../packages/server/test/harness.ts';
import { createKey, createUser } from '../packages/server/test/people.ts';
import { done, orgvet } from './cli-harness.ts';

const database = await makeDatabase();
const server = await startServer({ database, seed: 'none' });
const STANDARD = { access_roles: [{ id: 5 }], first_name: 'Vera', last_name: 'Roth' };

const appoint = (...args: readonly string[]) =>
  orgvet(['appoint', ...args, '--account', '1', ...optionsOf(database)]);

async function newUser(changes: object = {}): Promise<string> {
  return String(await createUser(server, { ...STANDARD, ...changes }));
}

async function list(user?: string): Promise<AppointmentList['people']> {
  const printed = done(await appoint(...(user === undefined ? [] : [user]), '--json'));
  return (JSON.parse(printed) as AppointmentList).people;
}

/** Roles with their types and ends, in the order of answers. */
async function listOf(user: string): Promise<string[]> {
  const [person] = await list(user);
  return (person?.appointments ?? []).map(({ role, validation_type = '-', qualified_until }) =>
    [role, validation_type, qualified_until.slice(0, 10)].join(' '),
  );
}

const OV_EV = ['--role', 'specialist', '--type', 'ov,ev', '--until', '2099-06-30'];

test('a user of a live account is appointed until the end of a day, and is listed', async () => {
  const user = await newUser();
  const { code, stdout, stderr } = await appoint(user, ...OV_EV);
  assert.deepEqual([code, stdout], [0, '']);
  assert.equal(stderr, `User ${user} is specialist ov, specialist ev.\n`);
  const [person] = await list(user);
  assert.equal(person?.appointments[0]?.qualified_until, '2099-07-01T00:00:00+00:00');
  const table = done(await appoint(user)).split('\n');
  assert.match(table[0] ?? '', /^USER ID {2}NAME +ROLE +TYPE +UNTIL +QUALIFIED$/);
  assert.match(
    table[1] ?? '',
    new RegExp(`^ *${user} {2}Vera Roth +specialist +ev +2099-07-01T00:00:00\\+00:00 +yes$`),
  );
  assert.equal(table.length, 4);
  assert.ok((await list()).some(({ user_id }) => user_id === Number(user)));
});

test('a role replaces what the user had in it, and leaves the others; none takes all away', async () => {
  const user = await newUser();
  done(await appoint(user, ...OV_EV));
  done(await appoint(user, '--role', 'auditor', '--until', '2099-01-01'));
  done(await appoint(user, '--role', 'specialist', '--type', 'cs', '--until', '2098-12-31'));
  assert.deepEqual(await listOf(user), ['specialist cs 2099-01-01', 'auditor - 2099-01-02']);
  const { stderr } = await appoint(user, '--none');
  assert.equal(stderr, `User ${user} is appointed for nothing any more.\n`);
  assert.deepEqual(await list(user), []);
});

test('a key is made on request, alone on stdout, and works where one of the account does not', async () => {
  const user = await newUser();
  const early = await createKey(server, Number(user));
  const made = await appoint(user, ...OV_EV, '--key', 'laptop');
  assert.match(made.stdout, /^orgvet_live_1_\d+_\S+\n$/);
  assert.ok(!made.stderr.includes(made.stdout.trim()));
  assert.match(made.stderr, /shown this once/);
  const look = async (key: string) =>
    (await server.send('GET', '/vetting/v1/source', { key })).status;
  assert.equal(await look(made.stdout.trim()), 200);
  const stale = await server.send('GET', '/user/me', { key: early.api_key });
  assert.equal(stale.status, 403);
  const another = done(await appoint(user, '--key', 'phone'));
  assert.equal(await look(another.trim()), 200);
  assert.equal((await listOf(user)).length, 2);
});

test('what cannot be is refused with its reason', async () => {
  const administrator = await newUser({ access_roles: [{ id: 1 }] });
  const refused = await appoint(administrator, ...OV_EV);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /may edit organizations of the account and cannot validate them/);
  const nobody = await appoint('987654321', ...OV_EV);
  assert.equal(nobody.code, 1);
  assert.match(nobody.stderr, /user was not found/);
});

test('a wrong command line is told before anything happens', async () => {
  const user = await newUser();
  for (const [args, told] of [
    [['--type', 'ov', '--until', '2099-01-01'], '--role specialist|reviewer|auditor is missing'],
    [['--role', 'specialist', '--type', 'ov'], '--until DAY is missing'],
    [['--role', 'specialist', '--until', '2099-01-01'], 'Give --type'],
    [['--role', 'auditor', '--type', 'ov', '--until', '2099-01-01'], 'none for an auditor'],
    [['--role', 'reviewer', '--type', 'ov,dv', '--until', '2099-01-01'], 'not dv'],
    [['--role', 'reviewer', '--type', 'ov', '--until', '2099-02-30'], 'must be a day'],
    [['--role', 'reviewer', '--type', 'ov', '--until', 'tomorrow'], 'must be a day'],
    [['--role', 'boss', '--until', '2099-01-01'], 'not boss'],
    [['--none', ...OV_EV], '--none takes all'],
  ] as const) {
    const { code, stderr } = await appoint(user, ...args);
    assert.equal(code, 2, args.join(' '));
    assert.ok(stderr.includes(told), stderr);
  }
  const nobody = await appoint(...OV_EV);
  assert.deepEqual([nobody.code, nobody.stderr], [2, 'orgvet: USER is missing: the user.\n']);
  assert.deepEqual(await list(user), []);
});
