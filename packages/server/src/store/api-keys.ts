/** API keys: only hashes of their secrets. */
import type { Insertable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { lookup } from './lookups.ts';
import type { ApiKeyRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewApiKey = Omit<Insertable<ApiKeyRow>, 'id'>;

/** A key with all that a request by it needs to know: its owner, and its account's settings. */
export interface KeyHolder {
  readonly secret_hash: string;
  readonly restricted_to_role_id: number;
  readonly user_id: number;
  readonly access_role_id: number;
  readonly container_id: number;
  readonly mode: 'test' | 'live';
  readonly duplicate_policy: 'error' | 'reuse';
  readonly primary_organization_id: number;
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
    .select([
      'k.secret_hash',
      'k.restricted_to_role_id',
      'k.user_id',
      'u.access_role_id',
      'u.container_id',
      'a.mode',
      'a.duplicate_policy',
      'a.primary_organization_id',
    ])
    .where('k.account_id', '=', args.account_id)
    .where('k.id', '=', args.id)
    .where('k.status', '=', 'active')
    .where('u.status', '=', 'active'),
);
