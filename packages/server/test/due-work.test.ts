/** What comes due by itself when several servers share a database, are restarted, or go by other rules. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { createRulebook } from '../src/domain/rules/rulebook.ts';
import { SHIPPED_PACKS, SHIPPED_POLICIES } from '../src/domain/rules/shipped.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import type { Context } from '../src/operations/context.ts';
import { performDueWork, renewStaleHints } from '../src/operations/due-work.ts';
import { createOrganization } from '../src/operations/organization-create.ts';
import { completeValidation } from '../src/operations/validation-lifecycle.ts';
import { submitValidations } from '../src/operations/validation-requests.ts';
import { listOrganizationValidations } from '../src/operations/validations.ts';
import { findAccount } from '../src/store/accounts.ts';
import { listEventsOfObject } from '../src/store/events.ts';
import { listMailsOfOrganization } from '../src/store/mails.ts';
import { listValidations } from '../src/store/validations.ts';
import { organizationBody } from './harness.ts';
import { type Outbox, openBeside, openOutbox } from './outbox.ts';
import { makePolicy } from './rules.ts';

const ACCOUNT_ID = 1;
const DAY_MS = 86_400_000;
/** An organization is validated at the beginning, for 397 days. */
const BEGIN_MS = Date.parse('2026-11-21T12:00:00Z');
const LIFE_DAYS = 397;

interface Validated extends Outbox {
  readonly organization_id: number;
}

async function contextOf({ environment }: Pick<Outbox, 'environment'>): Promise<Context> {
  const context = operatorContext(environment, ACCOUNT_ID);
  const account = await findAccount(environment.store.reader, ACCOUNT_ID);
  const container_id = account?.root_container_id ?? 0;
  return { ...context, principal: { ...context.principal, container_id } };
}

/** A registry that no server works on by itself, with one organization that is validated for `ov`. */
async function openValidated(): Promise<Validated> {
  const outbox = await openOutbox();
  const context = await contextOf(outbox);
  const body = organizationBody({ validations: [{ type: 'ov' }] });
  const { id } = await createOrganization(context, { body });
  await context.store.transaction(async (tx) => {
    const [validation] = await listValidations(tx, ACCOUNT_ID, [id]);
    assert.ok(validation);
    await completeValidation(tx, context, validation, { way: 'control' });
  });
  return { ...outbox, organization_id: id };
}

/** Lets servers do all that is due, at the same time. */
async function doDue(...servers: readonly Pick<Outbox, 'environment'>[]): Promise<void> {
  await Promise.all(
    servers.map(async ({ environment }) => {
      while ((await renewStaleHints(environment)) || (await performDueWork(environment))) {
        // Each round leaves less.
      }
    }),
  );
}

function moveToDay({ clock }: Outbox, day: number): void {
  clock.moveTo(new Date(BEGIN_MS + day * DAY_MS).toISOString());
}

/** The days before the end of which the organization was told, in order; and by how many mails. */
async function readTold({ environment, organization_id }: Validated) {
  const { reader } = environment.store;
  // What another wrote to an embedded database is seen by who reads it anew.
  await setImmediate();
  const events = await listEventsOfObject(reader, ACCOUNT_ID, 'organization', organization_id);
  const mails = await listMailsOfOrganization(reader, ACCOUNT_ID, organization_id);
  return {
    days: events
      .filter(({ action }) => /^organization_(expired|revalidation_notice)$/.test(action))
      .map(({ after }) => (JSON.parse(after) as { days: number }).days),
    mails: mails.filter(({ purpose }) => purpose === 'revalidation_notice').length,
  };
}

async function showOv(server: Outbox, organization_id: number) {
  const context = await contextOf(server);
  const { validations } = await listOrganizationValidations(context, {
    params: { organization_id },
  });
  return validations.find(({ type }) => type === 'ov');
}

/** The same registry by a rule that nothing serves longer than so many days, as after a restart. */
async function openCapped(outbox: Outbox, days: number): Promise<Outbox> {
  const cap = { types: ['ov' as const], days, reason: 'Stricter than the pack.' };
  const rules = createRulebook(SHIPPED_PACKS, [...SHIPPED_POLICIES, makePolicy({ caps: [cap] })]);
  const beside = await openBeside(outbox);
  return { ...beside, environment: { ...beside.environment, rules } };
}

test('two servers tell of each reminder once, on whichever days they look', async () => {
  const one = await openValidated();
  const other = await openBeside(one);
  const sent: number[] = [];
  for (const [left, days] of [
    [91, []],
    [90, [90]],
    [89, []],
    [40, [60]],
    [7, [7]],
    [0, [0]],
    [-8, [-7]],
    [-400, []],
  ] as const) {
    moveToDay(one, LIFE_DAYS - left);
    await doDue(one, other);
    sent.push(...days);
    assert.deepEqual(await readTold(one), { days: sent, mails: sent.length }, `${left} days left`);
  }
});

test('a server that starts anew tells nothing twice', async () => {
  const one = await openValidated();
  moveToDay(one, LIFE_DAYS - 20);
  await doDue(one);
  const again = await openBeside(one);
  await doDue(again, one);
  assert.deepEqual(await readTold(one), { days: [30], mails: 1 });
});

test('a reminder that is due is not forgotten because the validation is changed before it is sent', async () => {
  const one = await openValidated();
  moveToDay(one, LIFE_DAYS - 7);
  const body = { validations: [{ type: 'ov' }] };
  const params = { organization_id: one.organization_id };
  await submitValidations(await contextOf(one), { params, body });
  await doDue(one);
  assert.deepEqual((await readTold(one)).days, [7]);
});

test('stricter rules end a validation sooner at once, and nothing is written for it', async () => {
  const one = await openValidated();
  const { organization_id } = one;
  const { reader } = one.environment.store;
  const stored = await listValidations(reader, ACCOUNT_ID, [organization_id]);
  moveToDay(one, 25);
  assert.equal((await showOv(one, organization_id))?.validated_until, '2027-12-23T12:00:00+00:00');
  const strict = await openCapped(one, 30);
  const shown = await showOv(strict, organization_id);
  assert.deepEqual(
    [shown?.status, shown?.validated_until],
    ['active', '2026-12-21T12:00:00+00:00'],
  );
  moveToDay(one, 30);
  assert.equal((await showOv(strict, organization_id))?.status, 'expired');
  assert.equal((await showOv(one, organization_id))?.status, 'active');
  assert.deepEqual(await listValidations(reader, ACCOUNT_ID, [organization_id]), stored);
});

test('an end that comes sooner by stricter rules is told of at once, and once by two servers', async () => {
  const one = await openValidated();
  moveToDay(one, 25);
  await doDue(one);
  assert.deepEqual((await readTold(one)).days, []);
  const strict = await openCapped(one, 30);
  const beside = await openCapped(one, 30);
  await doDue(strict, beside);
  assert.deepEqual(await readTold(one), { days: [7], mails: 1 });
  moveToDay(one, 31);
  await doDue(beside, strict);
  assert.deepEqual(await readTold(one), { days: [7, 0], mails: 2 });
});
