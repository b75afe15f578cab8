/** API keys: only hashes of their secrets. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import { HOLDER_COLUMNS, type Holder } from './holders.ts';
import { lookup } from './lookups.ts';
import type { ApiKeyRow } from './schema.ts';
import { statement } from './statement.ts';
import { isWithinContainers } from './user-list.ts';

export type NewApiKey = Omit<Insertable<ApiKeyRow>, 'id' | 'last_used_date'>;

/** A key with all that a request by it needs to know: its owner, and its account's settings. */
interface KeyHolder extends Holder {
  readonly secret_hash: string;
  readonly restricted_to_role_id: number;
}

/** @returns the id of the new key */
export async function insertApiKey(tx: Transaction, key: NewApiKey): Promise<number> {
  const row = await tx.first(insert, key);
  if (row === undefined) {
    throw new Error('An API key was not inserted.');
  }
  return row.id;
}

/** The holder of an active key of an active user. */
export async function findKeyHolder(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<KeyHolder | undefined> {
  return await handle.find(holderById, account_id, id);
}

/** A key without its hash, with the name of its user. */
export type StoredApiKey = Omit<Selectable<ApiKeyRow>, 'secret_hash'> & {
  readonly first_name: string;
  readonly last_name: string;
};

export async function findApiKey(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredApiKey | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** As `findApiKey`; whoever else would change the key waits until this transaction ends. */
export async function lockApiKey(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredApiKey | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** The keys of an account by id. */
export async function listApiKeys(handle: Handle, account_id: number): Promise<StoredApiKey[]> {
  return await handle.all(selectAll, { account_id });
}

/** The keys of one user by id. */
export async function listApiKeysOfUser(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<StoredApiKey[]> {
  return await handle.all(selectOfUser, { account_id, user_id });
}

/** The keys of users who are restricted, and to none but some containers, by id. */
export async function listApiKeysWithin(
  handle: Handle,
  account_id: number,
  container_ids: readonly number[],
): Promise<StoredApiKey[]> {
  return await handle.all(selectWithin, { account_id, visible: JSON.stringify(container_ids) });
}

export async function updateApiKey(
  tx: Transaction,
  account_id: number,
  id: number,
  key: Pick<StoredApiKey, 'name' | 'restricted_to_role_id' | 'status'>,
): Promise<void> {
  await tx.run(update, { ...key, account_id, id });
}

/** Notes for some keys that they were used at a moment, where no later one is noted already. */
export async function updateLastUsedDates(
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
  last_used_date: string,
): Promise<void> {
  await tx.run(updateLastUsed, { account_id, ids: JSON.stringify(ids), last_used_date });
}

const insert = statement<NewApiKey, { id: number }>((db, args) =>
  db
    .insertInto('api_keys')
    .values({
      account_id: args.account_id,
      user_id: args.user_id,
      name: args.name,
      secret_hash: args.secret_hash,
      restricted_to_role_id: args.restricted_to_role_id,
      status: args.status,
      created_at: args.created_at,
      last_used_date: sql`''`,
    })
    .returning('id'),
);

const holderById = lookup<KeyHolder>((db, args) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'k.account_id').onRef('u.id', '=', 'k.user_id'),
    )
    .innerJoin('accounts as a', 'a.id', 'k.account_id')
    .select(['k.secret_hash', 'k.restricted_to_role_id', 'k.user_id', ...HOLDER_COLUMNS])
    .where('k.account_id', '=', args.account_id)
    .where('k.id', '=', args.id)
    .where('k.status', '=', 'active')
    .where('u.status', '=', 'active'),
);

/** All but the hash, which nobody needs to see. */
const selectKeys = (db: Dialect['builder']) =>
  db
    .selectFrom('api_keys as k')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'k.account_id').onRef('u.id', '=', 'k.user_id'),
    )
    .select([
      'k.account_id',
      'k.id',
      'k.user_id',
      'k.name',
      'k.restricted_to_role_id',
      'k.status',
      'k.created_at',
      'k.last_used_date',
      'u.first_name',
      'u.last_name',
    ]);

type OneKey = { account_id: number; id: number };

const selectOne = statement<OneKey, StoredApiKey>((db, args) =>
  selectKeys(db).where('k.account_id', '=', args.account_id).where('k.id', '=', args.id),
);

const lockOne = statement<OneKey, StoredApiKey>((db, args, dialect) =>
  selectKeys(db)
    .where('k.account_id', '=', args.account_id)
    .where('k.id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate(['k'])),
);

const selectAll = statement<{ account_id: number }, StoredApiKey>((db, args) =>
  selectKeys(db).where('k.account_id', '=', args.account_id).orderBy('k.id'),
);

const selectOfUser = statement<{ account_id: number; user_id: number }, StoredApiKey>((db, args) =>
  selectKeys(db)
    .where('k.account_id', '=', args.account_id)
    .where('k.user_id', '=', args.user_id)
    .orderBy('k.id'),
);

const selectWithin = statement<{ account_id: number; visible: string }, StoredApiKey>(
  (db, args, dialect) =>
    selectKeys(db)
      .where('k.account_id', '=', args.account_id)
      .where(isWithinContainers(args.visible, dialect))
      .orderBy('k.id'),
);

type KeyChange = OneKey & Pick<StoredApiKey, 'name' | 'restricted_to_role_id' | 'status'>;

const update = statement<KeyChange, unknown>((db, args) =>
  db
    .updateTable('api_keys')
    .set({
      name: args.name,
      restricted_to_role_id: args.restricted_to_role_id,
      status: args.status,
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateLastUsed = statement<
  { account_id: number; ids: string; last_used_date: string },
  unknown
>((db, args, dialect) =>
  db
    .updateTable('api_keys')
    .set({ last_used_date: args.last_used_date })
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint'))
    .where('last_used_date', '<', args.last_used_date),
);
