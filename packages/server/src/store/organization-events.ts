/**
 * The events about an organization and what belongs to it, found by walking through those of the account:
 * they are read seldom, and an index for it would be written with every change.
 */
import { type Selectable, sql } from 'kysely';
import type { Handle } from './database.ts';
import type { EventRow } from './schema.ts';
import { statement } from './statement.ts';

type StoredEvent = Selectable<EventRow>;

/** Events that are passed at once: some milliseconds. */
const EVENTS_AT_ONCE = 2000;

/** What events are to be about. */
export interface EventObjects {
  readonly organization_id: number;
  readonly evidence_ids: readonly number[];
  readonly verified_contact_ids: readonly number[];
}

/**
 * The events about an organization, its evidence and its verified contacts, and every appointment in the
 * account, oldest first, in pages that may be empty.
 */
export async function* readOrganizationEvents(
  handle: Handle,
  account_id: number,
  { organization_id, evidence_ids, verified_contact_ids }: EventObjects,
): AsyncGenerator<readonly StoredEvent[]> {
  const objects = {
    organization_id,
    evidence_ids: JSON.stringify(evidence_ids),
    verified_contact_ids: JSON.stringify(verified_contact_ids),
  };
  let after_id = 0;
  let isLast = false;
  while (!isLast) {
    const end = await handle.first(selectEnd, { account_id, after_id });
    const last_id = end?.id ?? Number.MAX_SAFE_INTEGER;
    yield await handle.all(selectBetween, { ...objects, account_id, after_id, last_id });
    after_id = last_id;
    isLast = end === undefined;
  }
}

const selectEnd = statement<{ account_id: number; after_id: number }, { id: number }>((db, args) =>
  db
    .selectFrom('events')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where('id', '>', args.after_id)
    .orderBy('id')
    .limit(sql.lit(1))
    .offset(sql.lit(EVENTS_AT_ONCE - 1)),
);

const selectBetween = statement<
  {
    account_id: number;
    after_id: number;
    last_id: number;
    organization_id: number;
    evidence_ids: string;
    verified_contact_ids: string;
  },
  StoredEvent
>((db, args, dialect) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '>', args.after_id)
    .where('id', '<=', args.last_id)
    .where((eb) => {
      const isOne = (type: string, ids: string) =>
        eb.and([
          eb('object_type', '=', sql.lit(type)),
          dialect.isIn(sql.ref('object_id'), ids, 'bigint'),
        ]);
      return eb.or([
        eb.and([
          eb('object_type', '=', sql.lit('organization')),
          eb('object_id', '=', args.organization_id),
        ]),
        isOne('evidence', args.evidence_ids),
        isOne('verified_contact', args.verified_contact_ids),
        eb('action', '=', sql.lit('user_appointed')),
      ]);
    })
    .orderBy('id'),
);
