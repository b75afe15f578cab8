/** What the tests of users and keys have in common: people and keys made over HTTP, and what is stored. */
import assert from 'node:assert/strict';
import type { ApiKeyCreated, User, UserCreated } from '@orgvet/contract';
import { type Compilable, sql } from 'kysely';
import { listEventsOfObject, type NewEvent } from '../src/store/events.ts';
import { statement } from '../src/store/statement.ts';
import type { TestServer } from './harness.ts';

/** The root container and the divisions of the demo account. */
export const ROOT_ID = 4;
export const RESEARCH_ID = 112234;
export const PUBLIC_SECTOR_ID = 112235;

/** The key of `server.administrator` and its user. */
export const ADA_ID = 12;

export const INVALID_KEY = 'access_denied|access_denied_invalid_key';
export const MISSING_PERMISSION = 'access_denied|missing_permission';

let users = 0;

/** A body that makes a limited user, with what a test changes; the name is another one each time. */
export function userBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  users += 1;
  return {
    username: `user.${users}`,
    first_name: 'Rebecca',
    last_name: 'Chambers',
    email: 'rebecca.chambers@example.com',
    access_roles: [{ id: 2 }],
    ...changes,
  };
}

/** Makes a user. @returns the id */
export async function createUser(
  server: TestServer,
  changes: Record<string, unknown> = {},
  key = server.administrator,
): Promise<number> {
  const answer = await server.send('POST', '/user', { key, body: userBody(changes) });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<UserCreated>().id;
}

/** A user as its administrator sees it. */
export async function showUser(server: TestServer, id: number): Promise<User> {
  const answer = await server.send('GET', `/user/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<User>();
}

/** Makes a key for a user. */
export async function createKey(
  server: TestServer,
  user_id: number,
  restricted_to_role_id = 0,
  key = server.administrator,
): Promise<ApiKeyCreated> {
  const body = { name: `Key of ${user_id}`, restricted_to_role_id };
  const answer = await server.send('POST', `/key/user/${user_id}`, { key, body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<ApiKeyCreated>();
}

/** Makes a user with a key. */
export async function createHolder(
  server: TestServer,
  changes: Record<string, unknown> = {},
  restricted_to_role_id = 0,
): Promise<{ id: number; key: string }> {
  const id = await createUser(server, changes);
  const { api_key } = await createKey(server, id, restricted_to_role_id);
  return { id, key: api_key };
}

/** The events about one object, oldest first. */
export async function listEvents(
  { app }: TestServer,
  object_type: string,
  object_id: number,
  account_id = 1,
): Promise<NewEvent[]> {
  return await listEventsOfObject(app.environment.store.reader, account_id, object_type, object_id);
}

/** Changes what no operation changes yet. All at once: a server at work sees no half of it. */
export async function runSql({ app }: TestServer, ...texts: readonly string[]): Promise<void> {
  await app.environment.store.transaction(async (tx) => {
    for (const text of texts) {
      const written = statement<object, unknown>(
        (db) => ({ compile: () => sql.raw(text).compile(db) }) as Compilable<unknown>,
      );
      await tx.run(written, {});
    }
  });
}
