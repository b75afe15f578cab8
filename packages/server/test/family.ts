/** Subaccounts for the tests that are about accounts below accounts, and keys into them. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { formatApiKey, hashSecret, makeSecret, SECRET_SIZE_BYTES } from '../src/domain/api-key.ts';
import { RESTRICTIONS, ROLES } from '../src/domain/permissions.ts';
import { insertPlannedUser } from '../src/operations/user-parts.ts';
import { findAccount, type StoredAccount } from '../src/store/accounts.ts';
import { insertApiKey } from '../src/store/api-keys.ts';
import type { TestServer } from './harness.ts';

const CREATED_AT = '2026-11-21T12:00:00+00:00';

/** The body of a create with every member that is required, and what a test changes. */
export function subaccountBody(
  name: string,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    account_type: 'enterprise',
    allowed_grandchildren: ['retail', 'enterprise'],
    user: { first_name: 'Rosa', last_name: 'Quint', email: 'rosa.quint@example.com' },
    organization: {
      name,
      address: '5 Mill Lane',
      city: 'Toledo',
      state: 'Ohio',
      zip: '43604',
      country: 'us',
      telephone: '555-555-0100',
    },
    ...changes,
  };
}

/** Creates a subaccount over HTTP. @returns its id */
export async function create(
  server: TestServer,
  name: string,
  changes: Record<string, unknown> = {},
  key = server.administrator,
): Promise<number> {
  const answer = await server.send('POST', '/account', {
    key,
    body: subaccountBody(name, changes),
  });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

/** An account that is there. */
export async function getAccountRow(
  { app }: TestServer,
  account_id: number,
): Promise<StoredAccount> {
  const account = await findAccount(app.environment.store.reader, account_id);
  assert.ok(account, `There is no account ${account_id}.`);
  return account;
}

/** A key of an account's first administrator, or of another user of it; made past HTTP. */
export async function makeKeyOf(
  server: TestServer,
  account_id: number,
  { user_id, restricted_to_role_id }: { user_id?: number; restricted_to_role_id?: number } = {},
): Promise<string> {
  const { mode, master_user_id } = await getAccountRow(server, account_id);
  const secret = makeSecret(randomBytes(SECRET_SIZE_BYTES));
  const id = await server.app.environment.store.transaction((tx) =>
    insertApiKey(tx, {
      account_id,
      user_id: user_id ?? master_user_id,
      name: 'A key',
      secret_hash: hashSecret(secret),
      restricted_to_role_id: restricted_to_role_id ?? RESTRICTIONS.none,
      status: 'active',
      created_at: CREATED_AT,
    }),
  );
  return formatApiKey({ mode, account_id, id, secret });
}

/** An administrator who is restricted to some containers, past HTTP. @returns a key of theirs */
export async function makeRestrictedKey(
  server: TestServer,
  account_id: number,
  container_ids: readonly number[],
): Promise<string> {
  const { root_container_id } = await getAccountRow(server, account_id);
  const user_id = await server.app.environment.store.transaction((tx) =>
    insertPlannedUser(tx, CREATED_AT, {
      account_id,
      container_id: root_container_id,
      username: `restricted-to-${container_ids.join('-')}`,
      first_name: 'Re',
      last_name: 'Stricted',
      email: 'restricted@example.com',
      job_title: '',
      telephone: '',
      access_role_id: ROLES.administrator,
      is_api_only: false,
      is_saml_sso_only: false,
      container_id_assignments: container_ids,
    }),
  );
  return await makeKeyOf(server, account_id, { user_id });
}
