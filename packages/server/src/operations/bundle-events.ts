/**
 * The part of an evidence bundle that the log tells: what was done about the organization until the
 * validation was completed, and who did it, with what each was appointed for at that time.
 */

import type { Person } from '@orgvet/contract';
import type { ArchiveMember } from '../domain/archive.ts';
import { isCompletionOf, jsonMember, renderEvent, textMember } from '../domain/bundle.ts';
import { findLastEventOf } from '../store/events.ts';
import { readOrganizationEvents } from '../store/organization-events.ts';
import type { Context } from './context.ts';
import { readPeople } from './people-names.ts';

/** What appointments are of a user, as an event has them. */
type Appointments = readonly object[];

/** What was seen on the way through the log. */
interface Seen {
  readonly user_ids: Set<number>;
  /** The last event that was told. */
  last_id: number;
}

/**
 * The events until a completion, and the people in them.
 *
 * @param user_ids who took part, as far as the records tell
 */
export async function* readEventMembers(
  context: Context,
  completion_id: number,
  organization_id: number,
  user_ids: readonly number[],
): AsyncGenerator<ArchiveMember> {
  const seen: Seen = { user_ids: new Set(user_ids), last_id: 0 };
  yield textMember('events.jsonl', renderEvents(context, completion_id, organization_id, seen));
  // Only now it is known who all they are.
  yield jsonMember('people.json', await describePeople(context, seen));
}

async function* renderEvents(
  { store, principal }: Context,
  completion_id: number,
  organization_id: number,
  seen: Seen,
): AsyncGenerator<string> {
  const pages = readOrganizationEvents(store.reader, principal.account_id, organization_id);
  for await (const page of pages) {
    const end = page.findIndex((event) => isCompletionOf(event, completion_id));
    const events = end === -1 ? page : page.slice(0, end + 1);
    for (const { id, actor_user_id } of events) {
      seen.user_ids.add(actor_user_id);
      seen.last_id = id;
    }
    yield events.map(renderEvent).join('');
    if (end !== -1) {
      return;
    }
    // Whatever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function describePeople(context: Context, { user_ids, last_id }: Seen) {
  const { store, principal } = context;
  // What nobody did, the registry or its operator did.
  const ids = [...user_ids].filter((id) => id !== 0).sort((one, other) => one - other);
  const personOf = await readPeople(store.reader, principal.account_id, ids);
  const people: (Person & { readonly appointments: Appointments })[] = [];
  for (const id of ids) {
    people.push({ ...personOf(id), appointments: await findAppointments(context, id, last_id) });
  }
  return { people };
}

/** What a user was appointed for when an event was recorded. */
async function findAppointments(
  { store, principal }: Context,
  object_id: number,
  until_id: number,
): Promise<Appointments> {
  const event = await findLastEventOf(store.reader, principal.account_id, {
    ...{ action: 'user_appointed', object_type: 'user', object_id, until_id },
  });
  const after = event && (JSON.parse(event.after) as { readonly appointments: Appointments });
  return after?.appointments ?? [];
}
