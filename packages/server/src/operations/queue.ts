/** The queue of those who validate: what is open, whose it is, and who must act next. */
import { AssignmentRequest, fieldProblem, type QueueList, readBody } from '@orgvet/contract';
import { isQualified } from '../domain/appointments.ts';
import { FORMATS } from '../domain/formats.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { checkQueueQuery } from '../domain/queue-query.ts';
import { findNextActor, isSettled } from '../domain/requirements.ts';
import { listAppointmentsOfUser } from '../store/appointments.ts';
import { countQueue, listQueue as listStoredQueue, type QueuedValidation } from '../store/queue.ts';
import { saveValidation } from '../store/validations.ts';
import { type Context, recordEvent, timeOf } from './context.ts';
import { readPeople } from './people-names.ts';
import { getOpenValidation, type OneValidation, refuseUnlessThere } from './validation-outcomes.ts';
import { findServingEnd, type OrganizationWork, planTypeRequirements, readWork } from './work.ts';

const DAY_MS = 86_400_000;

/** A part of the queue, with how each validation stands. */
export async function listQueue(
  context: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<QueueList> {
  const { problems, request } = checkQueueQuery(query);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id, visible_container_ids } = context.principal;
  const { limit, offset } = request;
  const selection = { ...request, ...(visible_container_ids && { visible_container_ids }) };
  const total = await countQueue(reader, account_id, selection);
  const queued = await listStoredQueue(reader, account_id, selection, request);
  const ids = queued.map(({ organization_id }) => organization_id);
  const works = await readWork(reader, account_id, ids);
  const assignees = [...works.values()].flatMap(({ validations }) =>
    validations.map(({ assigned_to_user_id }) => assigned_to_user_id),
  );
  const people = await readPeople(reader, account_id, assignees);
  return {
    items: queued.flatMap((one) => {
      const work = works.get(one.organization_id);
      return work === undefined ? [] : describeQueued(context, work, one, people);
    }),
    page: { total, limit, offset },
  };
}

/** Says who works on an open validation. */
export async function assignValidation(
  context: Context,
  {
    params: { organization_id, validation_type: type },
    body,
  }: OneValidation & { readonly body: unknown },
): Promise<void> {
  const { problems, value } = readBody(AssignmentRequest, body, FORMATS);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  const { user_id = 0 } = value;
  const { account_id } = context.principal;
  await context.store.transaction(async (tx) => {
    const validation = await getOpenValidation(tx, context, organization_id, type);
    const appointments = user_id === 0 ? [] : await listAppointmentsOfUser(tx, account_id, user_id);
    if (user_id !== 0 && !isQualified(appointments, ['specialist'], type, timeOf(context))) {
      const detail = `names the user ${user_id}, who is not qualified for ${type}.`;
      throw new RequestRefused([fieldProblem('invalid', 'user_id', detail)]);
    }
    await saveValidation(tx, { ...validation, assigned_to_user_id: user_id });
    await recordEvent(tx, context, {
      action: 'validation_assigned',
      object_type: 'organization',
      object_id: organization_id,
      before: { type, user_id: validation.assigned_to_user_id },
      after: { type, user_id },
    });
  });
}

function describeQueued(
  context: Context,
  work: OrganizationWork,
  { type }: QueuedValidation,
  people: Awaited<ReturnType<typeof readPeople>>,
): QueueList['items'] {
  const validation = work.validations.find((one) => one.type === type);
  const standings = planTypeRequirements(context, work, type);
  const next_actor = findNextActor(standings);
  if (validation === undefined || next_actor === undefined) {
    // Completed since the page was read.
    return [];
  }
  const { id, name, country } = work.organization;
  const { requested_at, assigned_to_user_id, opened_because } = validation;
  const serves_until = findServingEnd(context, validation);
  const age_ms = context.clock.now_ms() - Date.parse(requested_at);
  return [
    {
      organization: { id, name, country },
      ...{ type, opened_because, requested_at, next_actor },
      age_days: Math.max(0, Math.floor(age_ms / DAY_MS)),
      ...(assigned_to_user_id !== 0 && { assigned_to: people(assigned_to_user_id) }),
      met: standings.filter(isSettled).length,
      total: standings.length,
      ...(serves_until !== undefined && { serves_until }),
    },
  ];
}
