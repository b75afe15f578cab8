/** The audit log page by page, and proved where it stands: what was changed or taken away there is told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditLogEntry, AuditLogPage, AuditLogVerification } from '@orgvet/contract';
import { changeSettingsAsOperator } from '../src/operations/account-settings.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { listAuditLogEntries } from '../src/operations/audit-log-views.ts';
import { organizationBody, startServer, type TestServer } from './harness.ts';
import { make } from './makers.ts';
import { ADA_ID, runSql } from './people.ts';

const server = await startServer();

const LOG = '/vetting/v1/audit-log';

async function read<Body>({ send }: TestServer, path: string, key?: string): Promise<Body> {
  const answer = await send('GET', `${LOG}${path}`, key === undefined ? {} : { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

const readPage = (query: string, key?: string) =>
  read<AuditLogPage>(server, `/entries?${query}`, key);

/** All pages that a query leads to. */
async function readPages(query: string): Promise<AuditLogPage[]> {
  const pages: AuditLogPage[] = [];
  for (let next: number | undefined = Number.MAX_SAFE_INTEGER; next !== undefined; ) {
    const page: AuditLogPage = await readPage(`${query}&before_sequence=${next}`);
    pages.push(page);
    next = page.next_before_sequence;
  }
  return pages;
}

async function makeOrganization(name: string, key = server.administrator): Promise<number> {
  return (await make({ server, key }, '/organization', organizationBody({ name }))).id;
}

test('the pages have every entry of an export once, from the newest back', async () => {
  await makeOrganization('Newest');
  const exported = (await server.send('GET', LOG)).text.trimEnd().split('\n').slice(0, -1);
  const expected = exported.map((line) => JSON.parse(line) as AuditLogEntry).reverse();
  const pages = await readPages('limit=50');
  const listed = pages.flatMap(({ entries }) => entries);
  assert.deepEqual(
    listed.map(({ actor: _, ...entry }) => entry),
    expected.map(({ previous_hash: _, ...entry }) => entry),
  );
  assert.deepEqual([...new Set(pages.map(({ total }) => total))], [expected.length]);
  assert.ok(pages.length > 1);
});

test('what was done just now is the first entry, with who did it by name', async () => {
  const id = await makeOrganization('Just now');
  await server.send('PUT', `/organization/${id}/deactivate`);
  const { entries } = await readPage('limit=1');
  assert.equal(entries.length, 1);
  const [{ action, object_id, actor, before, after } = assert.fail()] = entries;
  assert.deepEqual([action, object_id], ['organization_deactivated', id]);
  assert.equal(actor?.id, ADA_ID);
  assert.match(actor?.name ?? '', /^Ada \w/);
  assert.notDeepEqual(before, after);
});

test('entries are selected by action, person and thing, alone and together', async () => {
  const id = await makeOrganization('Selected');
  await server.send('PUT', `/organization/${id}/deactivate`);
  await server.send('PUT', `/organization/${id}/activate`);
  const ofIt = `filters[object_type]=organization&filters[object_id]=${id}`;
  const actionsOf = async (query: string) =>
    (await readPage(query)).entries.map(({ action }) => action);
  assert.deepEqual(await actionsOf(ofIt), [
    'organization_activated',
    'organization_deactivated',
    'organization_created',
  ]);
  assert.deepEqual(await actionsOf(`${ofIt}&filters[action]=organization_created`), [
    'organization_created',
  ]);
  assert.equal((await actionsOf(`${ofIt}&filters[actor_user_id]=${ADA_ID}`)).length, 3);
  assert.deepEqual(await actionsOf(`${ofIt}&filters[actor_user_id]=0`), []);
  await changeSettingsAsOperator(server.app.environment, 1, { reminder_days: [5] });
  const ofOperator = await readPage('filters[actor_user_id]=0');
  const [newest] = ofOperator.entries;
  assert.deepEqual([newest?.action, newest?.actor], ['account_settings_changed', undefined]);
  assert.ok(ofOperator.entries.every(({ actor_user_id }) => actor_user_id === 0));
});

test('a selection is looked for in a part of the log at a time, and nothing is passed over', async () => {
  const id = await makeOrganization('Looked for');
  for (const round of [1, 2, 3, 4]) {
    await makeOrganization(`Between ${round}`);
    await server.send('PUT', `/organization/${id}/${round % 2 === 0 ? 'activate' : 'deactivate'}`);
  }
  const context = operatorContext(server.app.environment, 1);
  const found: number[] = [];
  let pages = 0;
  for (let next: number | undefined = Number.MAX_SAFE_INTEGER; next !== undefined; pages += 1) {
    const query = {
      'filters[object_id]': String(id),
      'filters[object_type]': 'organization',
      before_sequence: String(next),
      limit: '2',
    };
    const page: AuditLogPage = await listAuditLogEntries(context, { query }, 7);
    found.push(...page.entries.map(({ sequence }) => sequence));
    assert.ok(page.entries.length <= 2);
    assert.ok((page.next_before_sequence ?? 0) < next);
    next = page.next_before_sequence;
  }
  const { entries } = await readPage(`filters[object_type]=organization&filters[object_id]=${id}`);
  assert.deepEqual(
    found,
    entries.map(({ sequence }) => sequence),
  );
  assert.equal(found.length, 5);
  assert.ok(pages > entries.length);
});

test('an account sees its own log only', async () => {
  const id = await makeOrganization('Of another', server.other);
  const own = await readPage('', server.other);
  assert.equal(own.entries[0]?.object_id, id);
  assert.equal(new Set(own.entries.map(({ account_id }) => account_id)).size, 1);
  const { entries } = await readPage(`filters[object_id]=${id}&filters[object_type]=organization`);
  assert.ok(entries.every(({ account_id }) => account_id === 1));
});

test('what a page cannot be asked for by is refused by name', async () => {
  const codes = async (path: string) => (await server.send('GET', `${LOG}${path}`)).codes();
  assert.deepEqual(await codes('/entries?filters[colour]=red&offset=1&limit=101'), [
    'unknown_filter|colour',
    'unknown_parameter|offset',
    'invalid_limit',
  ]);
  assert.deepEqual(await codes('/entries?filters[actor_user_id]=me'), [
    'invalid_filters_actor_user_id',
  ]);
  assert.deepEqual(await codes('/verification?limit=20001&from_sequence=0&to_sequence=1'), [
    'invalid_limit',
    'invalid_from_sequence',
    'unknown_parameter|to_sequence',
  ]);
});

const verify = (of: TestServer, query: string) =>
  read<AuditLogVerification>(of, `/verification?${query}`);

/** Goes on stretch by stretch, as long as there is more. */
async function verifyAll(of: TestServer, limit: number): Promise<AuditLogVerification[]> {
  const stretches: AuditLogVerification[] = [];
  for (let next: number | undefined = 1; next !== undefined; ) {
    const stretch: AuditLogVerification = await verify(of, `from_sequence=${next}&limit=${limit}`);
    stretches.push(stretch);
    next = stretch.next_sequence;
  }
  return stretches;
}

test('the log is proved stretch by stretch, to the head that an export has', async () => {
  const whole = await startServer();
  const end = JSON.parse((await whole.send('GET', LOG)).text.trimEnd().split('\n').at(-1) ?? '');
  const { entries: total, head } = end;
  const stretches = await verifyAll(whole, 30);
  assert.equal(stretches.length, Math.ceil(total / 30));
  assert.equal(
    stretches.reduce((sum, { verified }) => sum + verified, 0),
    total,
  );
  assert.ok(stretches.every((stretch) => stretch.is_intact && stretch.total === total));
  assert.deepEqual([stretches.at(-1)?.head, stretches.at(-1)?.to_sequence], [head, total]);
  assert.deepEqual(await verify(whole, ''), {
    ...{ from_sequence: 1, to_sequence: total, verified: total, total, head, is_intact: true },
  });
  assert.deepEqual(await verify(whole, `from_sequence=${total + 5}`), {
    ...{ from_sequence: total + 5, to_sequence: total + 4, verified: 0, total, head },
    is_intact: true,
  });
});

test('what is changed in the database, or taken away, is told by the place where it begins', async () => {
  const touched = await startServer();
  await touched.send('GET', LOG);
  const place = 'where account_id = 1 and sequence';
  await runSql(touched, `update events set actor_user_id = 13 ${place} = 20`);
  const changed = await verify(touched, '');
  assert.deepEqual(
    [changed.is_intact, changed.fault, changed.verified, changed.to_sequence],
    [false, { sequence: 20, what: 'changed' }, 19, 19],
  );
  assert.equal(changed.next_sequence, undefined);
  // Whatever is before and behind it fits.
  assert.ok((await verify(touched, 'limit=19')).is_intact);
  assert.ok((await verify(touched, 'from_sequence=21')).is_intact);

  await runSql(touched, `delete from events ${place} = 10`);
  const missing = { sequence: 10, what: 'missing' };
  assert.deepEqual((await verify(touched, '')).fault, missing);
  // Also where nothing behind it is asked for, and where it is what the first one must follow.
  const last = await verify(touched, 'from_sequence=5&limit=6');
  assert.deepEqual([last.fault, last.verified, last.to_sequence], [missing, 5, 9]);
  const first = await verify(touched, 'from_sequence=11&limit=3');
  assert.deepEqual([first.fault, first.verified, first.to_sequence], [missing, 0, 10]);
});

test('an entry that was changed with its hash is told by the one behind it', async () => {
  const touched = await startServer();
  await touched.send('GET', LOG);
  const place = 'where account_id = 1 and sequence';
  assert.ok((await verify(touched, 'from_sequence=31&limit=1')).is_intact);
  await runSql(touched, `update events set hash = '${'0'.repeat(64)}' ${place} = 30`);
  const { fault } = await verify(touched, 'from_sequence=31&limit=1');
  assert.deepEqual(fault, { sequence: 31, what: 'changed' });
});

test('a log without an entry is whole', async () => {
  const empty = await startServer({ seed: 'none' });
  await runSql(empty, 'delete from events');
  const { entries, total, next_before_sequence } = await read<AuditLogPage>(empty, '/entries');
  assert.deepEqual([entries, total, next_before_sequence], [[], 0, undefined]);
  assert.deepEqual(await verify(empty, ''), {
    ...{ from_sequence: 1, to_sequence: 0, verified: 0, total: 0 },
    ...{ head: '0'.repeat(64), is_intact: true },
  });
});
