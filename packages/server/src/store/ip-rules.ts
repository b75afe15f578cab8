/** Rules about the addresses that requests may come from. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { IpRuleRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewIpRule = Omit<Insertable<IpRuleRow>, 'id'>;
export type StoredIpRule = Selectable<IpRuleRow>;

/** @returns the id of the new rule */
export async function insertIpRule(tx: Transaction, rule: NewIpRule): Promise<number> {
  const row = await tx.first(insert, rule);
  if (row === undefined) {
    throw new Error('An IP rule was not inserted.');
  }
  return row.id;
}

/**
 * Nobody else changes the rules of the account until the transaction ends: whoever does locks the
 * account first.
 */
export async function lockIpRules(tx: Transaction, account_id: number): Promise<void> {
  await tx.first(lockAccount, { account_id });
}

/** Sets whether the account has any rule, after the rules that it has. */
export async function updateHasIpRules(tx: Transaction, account_id: number): Promise<void> {
  await tx.run(updateFlag, { account_id });
}

export async function findIpRule(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredIpRule | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** The rules of an account by id. */
export async function listIpRules(handle: Handle, account_id: number): Promise<StoredIpRule[]> {
  return await handle.all(selectAll, { account_id });
}

/** The rules of the account as a whole, of one of its users, and of one of the user's keys. */
export async function listIpRulesFor(
  handle: Handle,
  account_id: number,
  user_id: number,
  api_key_id: number,
): Promise<StoredIpRule[]> {
  return await handle.all(selectFor, { account_id, user_id, api_key_id, none: 0 });
}

export async function deleteIpRule(tx: Transaction, account_id: number, id: number): Promise<void> {
  await tx.run(deleteOne, { account_id, id });
}

const lockAccount = statement<{ account_id: number }, { id: number }>((db, args, dialect) =>
  db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', args.account_id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const updateFlag = statement<{ account_id: number }, unknown>((db, args) =>
  db
    .updateTable('accounts')
    .set({
      has_ip_rules: sql<number>`case when exists (
        select 1 from ip_rules as r where r.account_id = ${args.account_id}) then 1 else 0 end`,
    })
    .where('id', '=', args.account_id),
);

const insert = statement<NewIpRule, { id: number }>((db, args) =>
  db
    .insertInto('ip_rules')
    .values({
      account_id: args.account_id,
      user_id: args.user_id,
      api_key_id: args.api_key_id,
      ip_address: args.ip_address,
      ip_address_end: args.ip_address_end,
      description: args.description,
      created_at: args.created_at,
    })
    .returning('id'),
);

const selectAll = statement<{ account_id: number }, StoredIpRule>((db, args) =>
  db.selectFrom('ip_rules').selectAll().where('account_id', '=', args.account_id).orderBy('id'),
);

const selectFor = statement<
  { account_id: number; user_id: number; api_key_id: number; none: number },
  StoredIpRule
>((db, args) =>
  db
    .selectFrom('ip_rules')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('user_id', 'in', [args.none, args.user_id])
    .where('api_key_id', 'in', [args.none, args.api_key_id])
    .orderBy('id'),
);

const selectOne = statement<{ account_id: number; id: number }, StoredIpRule>((db, args) =>
  db
    .selectFrom('ip_rules')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const deleteOne = statement<{ account_id: number; id: number }, unknown>((db, args) =>
  db.deleteFrom('ip_rules').where('account_id', '=', args.account_id).where('id', '=', args.id),
);
