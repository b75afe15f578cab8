/** Making things by whoever's key, for the tests that are about whose things are whose. */
import assert from 'node:assert/strict';
import { create as createSubaccount, makeKeyOf } from './family.ts';
import type { TestServer } from './harness.ts';
import { createKey, createUser } from './people.ts';

/** Whoever makes things in a test: a server, and the key of an administrator. */
export interface Maker {
  readonly server: TestServer;
  readonly key: string;
}

/** Makes something by a POST. @returns its id */
export async function make({ server, key }: Maker, path: string, body: object) {
  const answer = await server.send('POST', path, { key, body });
  assert.equal(answer.status, 201, `POST ${path}: ${answer.text}`);
  return answer.json<{ id: number }>();
}

/** Makes a user with a role, restricted to containers where any are given. @returns the id */
export async function makeUser(
  { server, key }: Maker,
  role_id: number,
  container_ids: readonly number[] = [],
): Promise<number> {
  const changes = { access_roles: [{ id: role_id }], container_id_assignments: container_ids };
  return await createUser(server, changes, key);
}

/** Makes a key of a user. */
export async function makeKey(
  { server, key }: Maker,
  user_id: number,
  restricted_to_role_id = 0,
): Promise<{ id: number; api_key: string }> {
  return await createKey(server, user_id, restricted_to_role_id, key);
}

/** Makes a subaccount, with a key of its first administrator. */
export async function makeSubaccount(
  { server, key }: Maker,
  name: string,
): Promise<Maker & { readonly account_id: number }> {
  const account_id = await createSubaccount(server, name, {}, key);
  return { server, account_id, key: await makeKeyOf(server, account_id) };
}
