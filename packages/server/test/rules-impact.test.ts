/** What other rules do to the validations of a registry: which end sooner, when, by what, and whose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Problem,
  type RulesImpact,
  VALIDATION_TYPE_NAMES,
  type ValidationTypeName,
} from '@orgvet/contract';
import { createRulebookWithout } from '../src/domain/rules/change-days.ts';
import { createRulebook } from '../src/domain/rules/rulebook.ts';
import { SHIPPED_PACKS } from '../src/domain/rules/shipped.ts';
import {
  type ImpactedValidation,
  type RulesCompared,
  readImpact,
} from '../src/operations/rules-impact.ts';
import { insertValidation, type NewValidation } from '../src/store/validations.ts';
import { divisionsOf, ROOT } from './divisions.ts';
import { organizationBody, startServer } from './harness.ts';
import { makePolicy } from './rules.ts';

const server = await startServer();
const { environment } = server.app;

const ACCOUNT = 1;
const SUBACCOUNT = 2;
const DAY = '2026-03-15';
const BEFORE_ALL = Date.parse('2026-03-01');

const TEXTS = createRulebook(SHIPPED_PACKS);
const BY_CHANGE: RulesCompared = { without: createRulebookWithout(TEXTS, DAY), with: TEXTS };

let made = 0;

/** An organization of an account. @returns its id */
async function makeOrganization(key = server.administrator): Promise<number> {
  made += 1;
  const name = `Impacted ${made}`;
  const body = organizationBody({ name, assumed_name: '', address: `${made} Main Street` });
  const answer = await server.send('POST', '/organization', { key, body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

interface Kept {
  /** When all it stands on was obtained. */
  readonly since?: string;
  readonly latest_end?: string;
  readonly checks?: readonly string[];
}

/** A validation that was completed; pending where nothing is said of what it stands on. */
async function keepValidation(...row: Parameters<typeof rowOf>): Promise<void> {
  await environment.store.transaction((tx) => insertValidation(tx, rowOf(...row)));
}

function rowOf(
  account_id: number,
  organization_id: number,
  type: ValidationTypeName,
  { since, latest_end = '', checks = ['identity', 'address'] }: Kept,
): NewValidation {
  const relied_on = checks.map((check_id) => ({ check_id, since }));
  return {
    ...{ account_id, organization_id, type, latest_end },
    requested_at: since ?? '2026-01-01T00:00:00+00:00',
    date_created: since ?? '',
    is_open: since === undefined ? 1 : 0,
    opened_because: 'request',
    assigned_to_user_id: 0,
    rejected_at: '',
    rejection_reasons: '[]',
    relied_on: since === undefined || checks.length === 0 ? '' : JSON.stringify(relied_on),
    completion_id: 0,
    ...{ facts: '', outdated_at: '', scripted_outcome: '', due_at: '', due_rules: '' },
    ends_at: '',
  };
}

/** Everything that would end sooner, with how many serve. */
async function findImpact(rules: RulesCompared, scope: Parameters<typeof readImpact>[2]) {
  const impacted: ImpactedValidation[] = [];
  let serving = 0;
  let pages = 0;
  for await (const page of readImpact(environment, rules, scope)) {
    impacted.push(...page.impacted);
    serving += page.serving;
    pages += 1;
  }
  return { impacted, serving, pages };
}

const at = (day: string) => `${day}T00:00:00+00:00`;

test('what a change ends sooner is told with both ends and the check, and nothing else is', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, () => makeOrganization()));
  const [cut = 0, recorded = 0, later = 0, over = 0, pending = 0, whole = 0] = ids;
  await keepValidation(ACCOUNT, cut, 'ov', { since: at('2025-01-01') });
  await keepValidation(ACCOUNT, cut, 'smime', { since: at('2025-01-01') });
  const soon = at('2026-03-10');
  await keepValidation(ACCOUNT, recorded, 'ov', { since: at('2025-01-01'), latest_end: soon });
  await keepValidation(ACCOUNT, later, 'ov', { since: at('2026-02-01') });
  await keepValidation(ACCOUNT, over, 'ov', { since: at('2023-01-01') });
  await keepValidation(ACCOUNT, pending, 'ov', {});
  await keepValidation(ACCOUNT, whole, 'ov', { since: at('2025-06-01'), checks: [] });
  const { impacted } = await findImpact(BY_CHANGE, { at_ms: BEFORE_ALL, account_id: ACCOUNT });
  const name = (id: number) => `Impacted ${ids.indexOf(id) + 1}`;
  const rows = impacted.filter(({ organization_id }) => ids.includes(organization_id));
  assert.deepEqual(
    rows.toSorted((one, other) => one.organization_id - other.organization_id),
    [
      [cut, '2027-04-06', '2026-03-15'],
      [later, '2028-05-06', '2027-03-06'],
      [whole, '2027-09-04', '2026-07-04'],
    ]
      .map(([organization_id, without, ends]) => ({
        account_id: ACCOUNT,
        organization_id: Number(organization_id),
        organization_name: name(Number(organization_id)),
        type: 'ov',
        ends_without: at(String(without)),
        ends_with: at(String(ends)),
        check_id: 'identity',
      }))
      .toSorted((one, other) => one.organization_id - other.organization_id),
  );
});

test('without a moment each account is looked at by its clock: what has ended does not end sooner', async () => {
  const id = await makeOrganization();
  await keepValidation(ACCOUNT, id, 'ov', { since: at('2025-01-01') });
  const isThere = async () => {
    const { impacted } = await findImpact(BY_CHANGE, { account_id: ACCOUNT });
    return impacted.some(({ organization_id }) => organization_id === id);
  };
  server.clock.moveTo('2026-03-01T00:00:00Z');
  assert.ok(await isThere());
  // It would serve until then without the change, which has ended it.
  server.clock.moveTo('2027-04-05T23:59:59Z');
  assert.ok(await isThere());
  server.clock.moveTo('2027-04-06T00:00:00Z');
  assert.ok(!(await isThere()));
});

test('all accounts are looked at, or one, and one that is not there is told', async () => {
  const mine = await makeOrganization();
  const theirs = await makeOrganization(server.other);
  await keepValidation(ACCOUNT, mine, 'cs', { since: at('2026-02-01') });
  await keepValidation(SUBACCOUNT, theirs, 'cs', { since: at('2026-02-01') });
  const cap = { types: ['cs' as const], days: 200, reason: 'A test.' };
  const rules = {
    without: TEXTS,
    with: createRulebook(SHIPPED_PACKS, [makePolicy({ caps: [cap] })]),
  };
  const namesOf = async (account_id?: number) => {
    const scope = { at_ms: BEFORE_ALL, ...(account_id !== undefined && { account_id }) };
    const { impacted } = await findImpact(rules, scope);
    return impacted
      .filter(({ organization_id }) => [mine, theirs].includes(organization_id))
      .map((one) => [one.account_id, one.organization_id, one.ends_with]);
  };
  const rows = [
    [ACCOUNT, mine, at('2026-08-20')],
    [SUBACCOUNT, theirs, at('2026-08-20')],
  ];
  assert.deepEqual(await namesOf(), rows);
  assert.deepEqual(await namesOf(SUBACCOUNT), rows.slice(1));
  await assert.rejects(namesOf(999_999), /no account 999999/);
});

test('however many validations there are, each is looked at once, page by page', async () => {
  const ids = await Promise.all(Array.from({ length: 170 }, () => makeOrganization(server.other)));
  const kept = { since: at('2026-02-01'), checks: ['assumed_name'] };
  await environment.store.transaction(async (tx) => {
    for (const id of ids) {
      for (const type of VALIDATION_TYPE_NAMES) {
        await insertValidation(tx, rowOf(SUBACCOUNT, id, type, kept));
      }
    }
  });
  const caps = [{ types: [...VALIDATION_TYPE_NAMES], days: 100, reason: 'A test.' }];
  const rules = { without: TEXTS, with: createRulebook(SHIPPED_PACKS, [makePolicy({ caps })]) };
  const scope = { at_ms: BEFORE_ALL, account_id: SUBACCOUNT };
  const { impacted, serving, pages } = await findImpact(rules, scope);
  const own = impacted.filter(({ organization_id }) => ids.includes(organization_id));
  assert.equal(own.length, ids.length * VALIDATION_TYPE_NAMES.length);
  const keys = own.map(({ organization_id, type }) => `${organization_id} ${type}`);
  assert.equal(new Set(keys).size, own.length);
  assert.ok(serving >= own.length && pages > 1);
  assert.deepEqual([...new Set(own.map(({ ends_with }) => ends_with))], [at('2026-05-12')]);
});

/** What whoever has a key is told, before the cap of the shipped policy begins unless told otherwise. */
async function askImpact(
  body: object,
  key = server.administrator,
  time = '2026-02-20T00:00:00Z',
): Promise<RulesImpact> {
  server.clock.moveTo(time);
  const answer = await server.send('POST', '/vetting/v1/rules/impact', { key, body });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<RulesImpact>();
}

const CAP_DAY = '2026-02-24';
const BY_CAP: RulesCompared = {
  without: createRulebookWithout(environment.rules, CAP_DAY),
  with: environment.rules,
};

test('over HTTP the own validations are counted by type, and told by when they would end', async () => {
  const id = await makeOrganization();
  await keepValidation(ACCOUNT, id, 'ov', { since: at('2025-02-01') });
  const told = await askImpact({ change: CAP_DAY });
  assert.deepEqual(
    told.validations.filter(({ organization_id }) => organization_id === id),
    [
      {
        organization_id: id,
        organization_name: `Impacted ${made}`,
        type: 'ov',
        ends_without: at(DAY),
        ends_with: at('2026-03-05'),
        check_id: 'identity',
      },
    ],
  );
  const ends = told.validations.map(({ ends_with }) => ends_with);
  assert.deepEqual(ends, ends.toSorted());
  const scope = { at_ms: Date.parse('2026-02-20'), account_id: ACCOUNT };
  const { impacted, serving } = await findImpact(BY_CAP, scope);
  assert.deepEqual([told.serving, told.sooner], [serving, impacted.length]);
  for (const { type, sooner } of told.types) {
    assert.equal(sooner, impacted.filter((one) => one.type === type).length, type);
  }
  const sum = told.types.reduce((all, ofType) => all + ofType.serving, 0);
  assert.equal(sum, serving);
});

test('of many those are told that would end first, and all are counted', async () => {
  const { validations, sooner } = await askImpact({ change: CAP_DAY }, server.other);
  const scope = { at_ms: Date.parse('2026-02-20'), account_id: SUBACCOUNT };
  const { impacted } = await findImpact(BY_CAP, scope);
  assert.ok(impacted.length > 100);
  assert.equal(sooner, impacted.length);
  const ends = impacted.map(({ ends_with }) => ends_with).sort();
  assert.deepEqual(
    validations.map(({ ends_with }) => ends_with),
    ends.slice(0, 100),
  );
});

test('rules that are given are compared with those in force, whose place a policy takes', async () => {
  const id = await makeOrganization();
  await keepValidation(ACCOUNT, id, 'cs', { since: at('2026-02-01') });
  const caps = [{ types: ['cs' as const], days: 100, reason: 'A test.' }];
  const told = await askImpact({ rules: makePolicy({ caps }) });
  const [row] = told.validations.filter(({ organization_id }) => organization_id === id);
  assert.deepEqual([row?.ends_without, row?.ends_with], [at('2027-03-05'), at('2026-05-12')]);
  // Without the shipped cap nothing else ends sooner.
  assert.deepEqual([...new Set(told.validations.map(({ type }) => type))], ['cs']);
  const nothing = await askImpact({ rules: makePolicy() });
  assert.deepEqual([nothing.sooner, nothing.serving], [0, told.serving]);
});

test('rules that cannot be are told with every place that is wrong, and so is a day without a change', async () => {
  const problemsOf = async (body: object) => {
    const answer = await server.send('POST', '/vetting/v1/rules/impact', { body });
    assert.equal(answer.status, 400, answer.text);
    return answer.json<{ errors: Problem[] }>().errors.map(({ code, message }) => [code, message]);
  };
  const wrong = { ...makePolicy({ title: '' }), caps: [{ types: ['dv'], days: 0, reason: 'A.' }] };
  const places = (await problemsOf({ rules: wrong })).map(([code, message]) => [
    code,
    /^rules: (\S+) /.exec(message ?? '')?.[1],
  ]);
  assert.deepEqual(places.sort(), [
    ['invalid_rules', 'caps[0].days'],
    ['invalid_rules', 'caps[0].types[0]'],
    ['invalid_rules', 'title'],
  ]);
  const caps = [{ types: ['ov' as const], days: 900, reason: 'A test.' }];
  const [[code, message] = []] = await problemsOf({ rules: makePolicy({ caps }) });
  assert.equal(code, 'invalid_rules');
  assert.match(message ?? '', /BR 4\.2\.1 allows: 398 days/);
  assert.deepEqual(await problemsOf({ change: '2026-01-01' }), [
    ['invalid_change', `change must be a day on which rules change: ${CAP_DAY}, ${DAY}.`],
  ]);
});

test('who is restricted to a division is told of what is in it, and of nothing else', async () => {
  const { makeBelow, makePerson } = divisionsOf(server);
  const [division, other] = [await makeBelow(ROOT), await makeBelow(ROOT)];
  const { key } = await makePerson(1, [division]);
  const { key: otherKey } = await makePerson(1, [other]);
  const inside = await makeOrganization(key);
  const outside = await makeOrganization();
  for (const id of [inside, outside]) {
    await keepValidation(ACCOUNT, id, 'ov', { since: at('2025-02-01') });
  }
  const told = await askImpact({ change: CAP_DAY }, key);
  assert.deepEqual(
    told.validations.map(({ organization_id }) => organization_id),
    [inside],
  );
  assert.deepEqual(told.types, [{ type: 'ov', serving: 1, sooner: 1 }]);
  const none = { serving: 0, sooner: 0, types: [], validations: [] };
  assert.deepEqual(await askImpact({ change: CAP_DAY }, otherKey), none);
});
