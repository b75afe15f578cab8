/** Keys: from the text in a request's header to whoever holds it. */
import { isSecretOf, parseApiKey } from '../domain/api-key.ts';
import { findKeyHolder } from '../store/api-keys.ts';
import type { Environment, Principal } from './context.ts';
import { readPrincipal } from './principals.ts';
import { remember } from './remembered.ts';

/** Compared against where there is no such secret, so that its absence takes as long as a wrong one. */
export const NO_HASH = 'x'.repeat(43);

/**
 * Finds whoever holds a key. Checking one costs as much as the rest of a small answer, so who it was is
 * remembered.
 */
export interface KeyRing {
  /** @returns undefined for a text that is no key, or a key that is unknown, revoked or not active */
  findPrincipal(text: string): Promise<Principal | undefined>;
}

export function createKeyRing(environment: Environment): KeyRing {
  const { store, clock, key_usage: usage } = environment;
  const find = remember(store.reader, (text) => findByKey(environment, text));
  return {
    async findPrincipal(text) {
      const principal = await find(text);
      if (principal !== undefined) {
        usage.note(principal.account_id, principal.api_key_id, clock.now_ms());
      }
      return principal;
    },
  };
}

async function findByKey(
  { store: { reader } }: Environment,
  text: string,
): Promise<Principal | undefined> {
  const key = parseApiKey(text);
  if (key === undefined) {
    return undefined;
  }
  const { account_id, id } = key;
  const holder = await findKeyHolder(reader, account_id, id);
  const isRight = isSecretOf(key.secret, holder?.secret_hash ?? NO_HASH);
  if (holder === undefined || !isRight || holder.mode !== key.mode) {
    return undefined;
  }
  const { restricted_to_role_id } = holder;
  const means = { account_id, api_key_id: id, session_id: 0, restricted_to_role_id };
  return await readPrincipal(reader, holder, means);
}
