/** API keys of the account's users. A key itself is shown when it is made, and never again. */
import type { ApiKey, ApiKeyCreated, ApiKeyList } from '@orgvet/contract';
import {
  checkApiKeyListQuery,
  checkApiKeyRequest,
  checkApiKeyStatus,
} from '../domain/api-key-requests.ts';
import { RESTRICTIONS } from '../domain/permissions.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { formatTime } from '../domain/time.ts';
import {
  findApiKey,
  listApiKeysOfUser,
  listApiKeysWithin,
  listApiKeys as listStoredKeys,
  lockApiKey,
  type StoredApiKey,
  updateApiKey,
} from '../store/api-keys.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { findUser, lockUser } from '../store/users.ts';
import { type Context, type Principal, recordEvent, refuseAsNotFound } from './context.ts';
import {
  insertRecordedKey,
  isUserVisible,
  refuseIfAppointed,
  refuseUnlessMayEdit,
  refuseUnlessUserVisible,
} from './user-parts.ts';

type OneKey = { readonly params: { readonly key_id: number } };

/** The keys of the users whom the key sees, by id. */
export async function listApiKeys(
  context: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<ApiKeyList> {
  const { problems, user_id } = checkApiKeyListQuery(query);
  refuseIfAny(problems);
  const keys = await findKeys(context, user_id);
  return { api_keys: keys.map((key) => describeKey(context, key)) };
}

async function findKeys(
  { store, principal }: Context,
  user_id: number | undefined,
): Promise<StoredApiKey[]> {
  const { reader } = store;
  const { account_id, visible_container_ids } = principal;
  if (user_id !== undefined) {
    const user = await findUser(reader, account_id, user_id);
    await refuseUnlessUserVisible(reader, principal, user);
    return await listApiKeysOfUser(reader, account_id, user_id);
  }
  return visible_container_ids === undefined
    ? await listStoredKeys(reader, account_id)
    : await listApiKeysWithin(reader, account_id, visible_container_ids);
}

export async function getApiKey(context: Context, { params }: OneKey): Promise<ApiKey> {
  const { store, principal } = context;
  const key = await findApiKey(store.reader, principal.account_id, params.key_id);
  return describeKey(context, await refuseUnlessKeyVisible(store.reader, principal, key));
}

/** Makes a key for a user. */
export async function createApiKey(
  context: Context,
  {
    params: { user_id },
    body,
  }: { readonly params: { readonly user_id: number }; readonly body: unknown },
): Promise<ApiKeyCreated> {
  const { problems, request } = checkApiKeyRequest(body);
  const { account_id, mode } = context.principal;
  const { reader } = context.store;
  const user = await findUser(reader, account_id, user_id);
  await refuseUnlessUserVisible(reader, context.principal, user);
  refuseIfAny(problems);
  return await context.store.transaction(async (tx) => {
    await lockKeyOwner(tx, context.principal, user_id);
    const { name, restricted_to_role_id = RESTRICTIONS.none } = request;
    const plan = { user_id, name, restricted_to_role_id };
    return await insertRecordedKey(tx, context, { account_id, mode, ...plan });
  });
}

/** Locked, so that nobody gets a key while being deleted, or being made somebody who sees more. */
async function lockKeyOwner(tx: Transaction, principal: Principal, user_id: number): Promise<void> {
  const found = await lockUser(tx, principal.account_id, user_id);
  const user = await refuseUnlessUserVisible(tx, principal, found);
  if (user_id !== principal.user_id) {
    refuseUnlessMayEdit(principal, user);
  }
  refuseIfAppointed(principal, user);
}

/** Changes the name of a key; the restriction stays where none is given. */
export async function changeApiKey(
  context: Context,
  { params: { key_id }, body }: OneKey & { readonly body: unknown },
): Promise<void> {
  const { problems, request } = checkApiKeyRequest(body);
  await changeKey(context, key_id, problems, 'key_changed', request);
}

/** Revokes a key or makes it active again, from the next request on. */
export async function changeApiKeyStatus(
  context: Context,
  { params: { key_id }, body }: OneKey & { readonly body: unknown },
): Promise<void> {
  const { problems, request } = checkApiKeyStatus(body);
  await changeKey(context, key_id, problems, 'key_status_changed', request);
}

type KeyState = Pick<StoredApiKey, 'name' | 'restricted_to_role_id' | 'status'>;

async function changeKey(
  context: Context,
  key_id: number,
  problems: Parameters<typeof refuseIfAny>[0],
  action: 'key_changed' | 'key_status_changed',
  change: Partial<KeyState>,
): Promise<void> {
  const { store, principal } = context;
  const { account_id } = principal;
  const found = await findApiKey(store.reader, account_id, key_id);
  const { user_id } = await refuseUnlessKeyVisible(store.reader, principal, found);
  refuseIfAny(problems);
  await store.transaction(async (tx) => {
    // Before the key, as everybody does who locks both.
    const owner = change.status === 'active' && (await lockUser(tx, account_id, user_id));
    const locked = await lockApiKey(tx, account_id, key_id);
    const { name, restricted_to_role_id, status } = await refuseUnlessKeyVisible(
      tx,
      principal,
      locked,
    );
    const before: KeyState = { name, restricted_to_role_id, status };
    const after: KeyState = { ...before, ...change };
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return;
    }
    if (owner) {
      refuseIfAppointed(principal, owner);
    }
    await updateApiKey(tx, account_id, key_id, after);
    await recordEvent(tx, context, {
      action,
      object_type: 'key',
      object_id: key_id,
      before,
      after,
    });
  });
}

/** A key is seen by whoever sees its user. @throws RequestRefused the answer for what is not there */
async function refuseUnlessKeyVisible(
  handle: Handle,
  principal: Principal,
  key: StoredApiKey | undefined,
): Promise<StoredApiKey> {
  const user = key && (await findUser(handle, principal.account_id, key.user_id));
  if (key === undefined || user === undefined || !(await isUserVisible(handle, principal, user))) {
    refuseAsNotFound('key');
  }
  return key;
}

function describeKey({ key_usage }: Context, key: StoredApiKey): ApiKey {
  const { id, account_id, user_id, first_name, last_name, last_used_date } = key;
  const used_ms = key_usage.findLast(account_id, id);
  const noted_date = used_ms === undefined ? '' : formatTime(used_ms);
  const latest = noted_date > last_used_date ? noted_date : last_used_date;
  return {
    id,
    user: { id: user_id, first_name, last_name },
    status: key.status,
    create_date: key.created_at,
    ...(latest && { last_used_date: latest }),
    name: key.name,
    is_legacy: false,
    restricted_to_role_id: key.restricted_to_role_id,
  };
}
