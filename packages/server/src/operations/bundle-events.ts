/**
 * The part of an evidence bundle that the log tells: what was done about the organization until the
 * validation was completed, and who did it, with what each was appointed for at that time.
 */

import type { ArchiveMember } from '../domain/archive.ts';
import type { RecordedEvent } from '../domain/audit-chain.ts';
import { isCompletionOf, jsonMember, renderEvent, textMember } from '../domain/bundle.ts';
import { type EventObjects, readOrganizationEvents } from '../store/organization-events.ts';
import type { Context } from './context.ts';
import { readPeople } from './people-names.ts';

/** What appointments are of a user, as an event has them. */
type Appointments = readonly object[];

/** What was seen on the way through the log. */
interface Seen {
  readonly user_ids: Set<number>;
  readonly appointments: Map<number, Appointments>;
}

/**
 * The events until a completion, and the people in them.
 *
 * @param user_ids who took part, as far as the records tell
 */
export async function* readEventMembers(
  context: Context,
  completion_id: number,
  objects: EventObjects,
  user_ids: readonly number[],
): AsyncGenerator<ArchiveMember> {
  const seen: Seen = { user_ids: new Set(user_ids), appointments: new Map() };
  yield textMember('events.jsonl', renderEvents(context, completion_id, objects, seen));
  // Only now it is known who all they are.
  yield jsonMember('people.json', await describePeople(context, seen));
}

async function* renderEvents(
  { store, principal }: Context,
  completion_id: number,
  objects: EventObjects,
  seen: Seen,
): AsyncGenerator<string> {
  const pages = readOrganizationEvents(store.reader, principal.account_id, objects);
  for await (const page of pages) {
    const end = page.findIndex((event) => isCompletionOf(event, completion_id));
    const events = end === -1 ? page : page.slice(0, end + 1);
    yield events.flatMap((event) => note(event, seen)).join('');
    if (end !== -1) {
      return;
    }
    // Whatever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** @returns the line of an event, if it is about the organization */
function note(event: RecordedEvent, { user_ids, appointments }: Seen): string[] {
  if (event.action === 'user_appointed') {
    const after = JSON.parse(event.after) as { readonly appointments: Appointments };
    appointments.set(event.object_id, after.appointments);
    return [];
  }
  user_ids.add(event.actor_user_id);
  return [renderEvent(event)];
}

async function describePeople({ store, principal }: Context, { user_ids, appointments }: Seen) {
  // What nobody did, the registry or its operator did.
  const ids = [...user_ids].filter((id) => id !== 0).sort((one, other) => one - other);
  const personOf = await readPeople(store.reader, principal.account_id, ids);
  return {
    people: ids.map((id) => ({ ...personOf(id), appointments: appointments.get(id) ?? [] })),
  };
}
