/** Keys: from the text in a request's header to whoever holds it. */
import { hashSecret, isSecretOf, parseApiKey } from '../domain/api-key.ts';
import { listWithDescendants } from '../domain/containers.ts';
import { findKeyHolder } from '../store/api-keys.ts';
import { listAppointmentsOfUser } from '../store/appointments.ts';
import { listContainers } from '../store/containers.ts';
import type { Handle } from '../store/database.ts';
import { listIpRulesFor } from '../store/ip-rules.ts';
import { listContainersOfUser } from '../store/user-containers.ts';
import type { Environment, Principal } from './context.ts';

/** Compared against where there is no such key, so that its absence takes as long as a wrong secret. */
const NO_HASH = 'x'.repeat(43);

/**
 * Finds whoever holds a key.
 *
 * Checking a key costs as much as the rest of a small answer, so who it was is remembered for as long
 * as nothing at all has been committed since: a revoked key is refused from its revocation on. Keys are
 * remembered by their hashes, and never more than a few. Where the database does not tell whether
 * anything was committed, nothing is remembered.
 */
export interface KeyRing {
  /** @returns undefined for a text that is no key, or a key that is unknown, revoked or not active */
  findPrincipal(text: string): Promise<Principal | undefined>;
}

const REMEMBERED_KEYS_MAX = 1000;
const NO_RULES: Principal['ip_rules'] = [];
const NO_APPOINTMENTS: Principal['appointments'] = [];

export function createKeyRing(environment: Environment): KeyRing {
  const { store, clock } = environment;
  const { reader } = store;
  const { key_usage: usage } = environment;
  const principals = new Map<string, Principal>();
  let rememberedVersion: number | undefined;
  const find = async (text: string): Promise<Principal | undefined> => {
    const version = reader.findVersion();
    if (version === undefined) {
      return await readPrincipal(environment, text);
    }
    if (version !== rememberedVersion) {
      principals.clear();
      rememberedVersion = version;
    }
    const digest = hashSecret(text);
    const known = principals.get(digest);
    if (known !== undefined) {
      return known;
    }
    const principal = await readPrincipal(environment, text);
    // Only under the version that it was read under: a commit may have come between.
    const isCurrent = reader.findVersion() === version;
    if (principal !== undefined && isCurrent && principals.size < REMEMBERED_KEYS_MAX) {
      principals.set(digest, principal);
    }
    return principal;
  };
  return {
    async findPrincipal(text) {
      const principal = await find(text);
      if (principal !== undefined) {
        usage.note(principal, clock.now_ms());
      }
      return principal;
    },
  };
}

async function readPrincipal({ store }: Environment, text: string): Promise<Principal | undefined> {
  const key = parseApiKey(text);
  if (key === undefined) {
    return undefined;
  }
  const holder = await findKeyHolder(store.reader, key.account_id, key.id);
  const isRight = isSecretOf(key.secret, holder?.secret_hash ?? NO_HASH);
  if (holder === undefined || !isRight || holder.mode !== key.mode) {
    return undefined;
  }
  const { reader } = store;
  const { user_id } = holder;
  const visible_container_ids =
    holder.has_container_assignments === 1
      ? await listVisibleContainerIds(reader, key.account_id, user_id)
      : undefined;
  const ip_rules =
    holder.has_ip_rules === 1
      ? await listIpRulesFor(reader, key.account_id, user_id, key.id)
      : NO_RULES;
  const appointments =
    holder.has_appointments === 1
      ? await listAppointmentsOfUser(reader, key.account_id, user_id)
      : NO_APPOINTMENTS;
  return {
    account_id: key.account_id,
    mode: holder.mode,
    clock_offset_ms: holder.clock_offset_ms,
    duplicate_policy: holder.duplicate_policy,
    primary_organization_id: holder.primary_organization_id,
    user_id: holder.user_id,
    access_role_id: holder.access_role_id,
    container_id: holder.container_id,
    api_key_id: key.id,
    restricted_to_role_id: holder.restricted_to_role_id,
    ...(visible_container_ids !== undefined && { visible_container_ids }),
    ip_rules,
    appointments,
  };
}

/** What a restricted user sees: the containers of the restriction and those below them. */
async function listVisibleContainerIds(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<number[]> {
  const assigned = await listContainersOfUser(handle, account_id, user_id);
  return listWithDescendants(await listContainers(handle, account_id), assigned);
}
