/**
 * Validations about which something is to be done by itself. When that is stands in a column as a hint:
 * whoever acts on it looks again.
 */
import type { ExpressionBuilder } from 'kysely';
import type { Handle } from './database.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';
import type { StoredValidation } from './validations.ts';

/** A validation, and the account's part of what its time is. */
export type DueValidation = Pick<
  StoredValidation,
  'account_id' | 'organization_id' | 'type' | 'due_at'
>;

/** A validation with the rules that its hint was worked out by. */
export type StaleValidation = DueValidation & Pick<StoredValidation, 'due_rules'>;

/** Of accounts whose clocks show the time as it is: what is due, the longest waiting first. */
export async function listDueValidations(
  handle: Handle,
  time: string,
  limit: number,
): Promise<DueValidation[]> {
  return await handle.all(selectDue, { time, limit });
}

/** What is due in one account, by its own time; the longest waiting first. */
export async function listDueValidationsOf(
  handle: Handle,
  account_id: number,
  time: string,
  limit: number,
): Promise<DueValidation[]> {
  return await handle.all(selectDueOf, { account_id, time, limit });
}

/** The accounts whose clocks are ahead. */
export async function listAheadAccounts(
  handle: Handle,
): Promise<{ id: number; clock_offset_ms: number }[]> {
  return await handle.all(selectAhead, {});
}

/** Completed validations whose hint was worked out by other rules than these. */
export async function listStaleValidations(
  handle: Handle,
  due_rules: string,
  limit: number,
): Promise<StaleValidation[]> {
  return await handle.all(selectStale, { due_rules, limit });
}

/** As `listStaleValidations`, in one account. */
export async function listStaleValidationsOf(
  handle: Handle,
  account_id: number,
  due_rules: string,
  limit: number,
): Promise<StaleValidation[]> {
  return await handle.all(selectStaleOf, { account_id, due_rules, limit });
}

const selectDue = statement<{ time: string; limit: number }, DueValidation>((db, args) =>
  db
    .selectFrom('validations as v')
    .innerJoin('accounts as a', 'a.id', 'v.account_id')
    .select(['v.account_id', 'v.organization_id', 'v.type', 'v.due_at'])
    .where('v.due_at', '<>', '')
    .where('v.due_at', '<=', args.time)
    .where('a.clock_offset_ms', '=', 0)
    .orderBy('v.due_at')
    .orderBy('v.account_id')
    .orderBy('v.id')
    .limit(args.limit),
);

const selectDueOf = statement<{ account_id: number; time: string; limit: number }, DueValidation>(
  (db, args) =>
    db
      .selectFrom('validations')
      .select(['account_id', 'organization_id', 'type', 'due_at'])
      .where('due_at', '<>', '')
      .where('due_at', '<=', args.time)
      .where('account_id', '=', args.account_id)
      .orderBy('due_at')
      .orderBy('id')
      .limit(args.limit),
);

const selectAhead = statement<object, { id: number; clock_offset_ms: number }>((db) =>
  db
    .selectFrom('accounts')
    .select(['id', 'clock_offset_ms'])
    .where('clock_offset_ms', '>', 0)
    .orderBy('id'),
);

const selectStale = statement<{ due_rules: string; limit: number }, StaleValidation>((db, args) =>
  db
    .selectFrom('validations')
    .select(['account_id', 'organization_id', 'type', 'due_at', 'due_rules'])
    .where('date_created', '<>', '')
    .where((eb) => isNot(eb, args.due_rules))
    .limit(args.limit),
);

const selectStaleOf = statement<
  { account_id: number; due_rules: string; limit: number },
  StaleValidation
>((db, args) =>
  db
    .selectFrom('validations')
    .select(['account_id', 'organization_id', 'type', 'due_at', 'due_rules'])
    .where('account_id', '=', args.account_id)
    .where('date_created', '<>', '')
    .where((eb) => isNot(eb, args.due_rules))
    .limit(args.limit),
);

/** By the index: what is not equal is below or above. */
function isNot(eb: ExpressionBuilder<Schema, 'validations'>, due_rules: string) {
  return eb.or([eb('due_rules', '<', due_rules), eb('due_rules', '>', due_rules)]);
}
