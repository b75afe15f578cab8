/** The history of an organization: the events about it and what belongs to it, for who may see that. */
import {
  CONTACT_TYPES,
  type HistoryEvent,
  type HistoryObjectType,
  HistoryQuery,
  type OrganizationHistory,
  type Person,
  readQuery,
  VALIDATION_TYPE_NAMES,
} from '@orgvet/contract';
import { findRecorded, listEventChanges } from '../domain/event-changes.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  type HistorySelection,
  listNewestOrganizationEvents,
} from '../store/organization-events.ts';
import { isAllowed } from './access.ts';
import type { Context } from './context.ts';
import { visibleOrders } from './order-lists.ts';
import { readPeople } from './people-names.ts';
import { refuseUnlessThere } from './validation-outcomes.ts';

const LIMIT_DEFAULT = 50;

/** What is found by whom is for those who validate, and so are its files. */
const WORK_ACTIONS = ['check_decided', 'check_reviewed', 'file_stored'];

/** A page of what was done, newest first. */
export async function getOrganizationHistory(
  context: Context,
  {
    params: { organization_id },
    query,
  }: {
    readonly params: { readonly organization_id: number };
    readonly query: Readonly<Record<string, unknown>>;
  },
): Promise<OrganizationHistory> {
  const { problems, value } = readQuery(HistoryQuery, query);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id } = context.principal;
  const { limit = LIMIT_DEFAULT, before_id = Number.MAX_SAFE_INTEGER } = value;
  const found = await listNewestOrganizationEvents(
    reader,
    account_id,
    organization_id,
    selectionFor(context),
    // One more tells whether there is a next page.
    { before_id, limit: limit + 1 },
  );
  const page = found.slice(0, limit);
  const actors = page.map(({ actor_user_id }) => actor_user_id);
  const personOf = await readPeople(reader, account_id, actors);
  const last = page.at(-1);
  return {
    events: page.map((event) => describeEvent(event, personOf)),
    ...(found.length > limit && last !== undefined && { next_before_id: last.id }),
  };
}

function selectionFor({ principal, clock }: Context): HistorySelection {
  const seesWork = isAllowed(principal, 'view_vetting', clock);
  const seesOrders = isAllowed(principal, 'view_orders', clock);
  const { user_id, visible_container_ids } = visibleOrders(principal);
  return {
    belongings: [
      'verified_contact',
      ...(seesWork ? (['evidence'] as const) : []),
      ...(seesOrders ? (['order'] as const) : []),
    ],
    ...(seesOrders && user_id !== undefined && { order_user_id: user_id }),
    ...(seesOrders && visible_container_ids && { order_container_ids: visible_container_ids }),
    ...(!seesWork && { without_actions: WORK_ACTIONS }),
  };
}

type FoundEvent = Awaited<ReturnType<typeof listNewestOrganizationEvents>>[number];

function describeEvent(event: FoundEvent, personOf: (user_id: number) => Person): HistoryEvent {
  const { id, occurred_at, action, object_type, object_id, actor_user_id } = event;
  // Told beside the changes, which are not about what stays the same.
  const type = findRecorded(event, 'type');
  const validation_type = VALIDATION_TYPE_NAMES.find((known) => known === type);
  const contact = findRecorded(event, 'contact_type');
  const contact_type = CONTACT_TYPES.find((known) => known === contact);
  return {
    ...{ id, occurred_at, action },
    object_type: object_type as HistoryObjectType,
    object_id,
    ...(validation_type !== undefined && { validation_type }),
    ...(contact_type !== undefined && { contact_type }),
    ...(actor_user_id !== 0 && { actor: personOf(actor_user_id) }),
    changes: listEventChanges(event),
  };
}
