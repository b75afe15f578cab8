/** Containers for the tests that are about them, with people who are restricted to them: made over HTTP. */
import assert from 'node:assert/strict';
import type { Container } from '@orgvet/contract';
import { listEventsOfObject } from '../src/store/events.ts';
import type { TestServer } from './harness.ts';

/** The root container of the demo account. */
export const ROOT = 4;

/** Somebody made for a test, with an unrestricted key. */
export interface Person {
  readonly id: number;
  readonly key: string;
}

let made = 0;
/** A name that nothing else has. */
export function nextName(): string {
  made += 1;
  return `division-${made}`;
}

/** What tests do again and again, on one server; by its administrator unless told otherwise. */
export function divisionsOf(server: TestServer) {
  const make = async <Created extends { id: number }>(path: string, body: object, key?: string) => {
    const answer = await server.send('POST', path, { body, ...(key && { key }) });
    assert.equal(answer.status, 201, `POST ${path}: ${answer.text}`);
    return answer.json<Created>();
  };
  return {
    /** Makes something by a POST. @returns the answer */
    make,

    /** Makes a container below another. @returns its id */
    async makeBelow(parent_id: number, changes: object = {}, key?: string): Promise<number> {
      const body = { name: nextName(), template_id: 6, ...changes };
      return (await make(`/container/${parent_id}/children`, body, key)).id;
    },

    /** Makes a user with a key, restricted to containers where any are given. */
    async makePerson(role_id: number, container_ids: readonly number[] = []): Promise<Person> {
      const { id } = await make('/user', {
        username: nextName(),
        first_name: 'Some',
        last_name: 'Person',
        email: 'some.person@example.com',
        access_roles: [{ id: role_id }],
        container_id_assignments: container_ids,
      });
      const created = await make<{ id: number; api_key: string }>(`/key/user/${id}`, {
        name: 'A key',
      });
      return { id, key: created.api_key };
    },

    async show(id: number, key?: string): Promise<Container> {
      const answer = await server.send('GET', `/container/${id}`, { ...(key && { key }) });
      assert.equal(answer.status, 200, answer.text);
      return answer.json();
    },

    /** Changes something by a PUT that answers nothing. */
    async put(path: string, body?: object, key?: string): Promise<void> {
      const answer = await server.send('PUT', path, { body, ...(key && { key }) });
      assert.equal(answer.status, 204, `PUT ${path}: ${answer.text}`);
      assert.equal(answer.text, '');
    },

    /** The events about one object of the demo account, oldest first, without who and when. */
    async listEvents(object_type: string, id: number) {
      const { reader } = server.app.environment.store;
      const events = await listEventsOfObject(reader, 1, object_type, id);
      return events.map(({ action, before, after }) => ({
        action,
        ...(before && { before: JSON.parse(before) }),
        ...(after && { after: JSON.parse(after) }),
      }));
    },
  };
}
