/** What becomes of validations: they are completed. Whether they may be is not decided here. */
import { readBody, ValidationOutcomeRequest, type ValidationTypeName } from '@orgvet/contract';
import { FORMATS } from '../domain/formats.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { formatTime } from '../domain/time.ts';
import { VALIDITY_DAYS } from '../domain/validation.ts';
import type { Transaction } from '../store/database.ts';
import { hasOrganization, lockOrganization } from '../store/organizations.ts';
import { completeValidation as completeStored, listValidations } from '../store/validations.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { announceReadyOrders } from './order-readiness.ts';
import { moveCounts } from './organization-flags.ts';

const DAY_MS = 86_400_000;

/** Makes a validation active because a test says so. Only test accounts have the route. */
export async function decideValidation(
  context: Context,
  {
    params: { organization_id, validation_type },
    body,
  }: {
    readonly params: {
      readonly organization_id: number;
      readonly validation_type: ValidationTypeName;
    };
    readonly body: unknown;
  },
): Promise<void> {
  const { account_id } = context.principal;
  const { problems } = readBody(ValidationOutcomeRequest, body, FORMATS);
  if (!(await hasOrganization(context.store.reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  refuseIfAny(problems);
  await context.store.transaction((tx) =>
    completeValidation(tx, context, organization_id, validation_type),
  );
}

/**
 * Completes a validation from now on; one that is complete already is renewed. Orders that waited for it
 * become ready.
 *
 * @throws RequestRefused `not_found|organization`, or `not_found|validation` where the organization was
 *   never submitted for the type
 */
async function completeValidation(
  tx: Transaction,
  context: Context,
  organization_id: number,
  type: ValidationTypeName,
): Promise<void> {
  const { account_id } = context.principal;
  const organization =
    (await lockOrganization(tx, account_id, organization_id)) ?? refuseAsNotFound('organization');
  const validations = await listValidations(tx, account_id, [organization_id]);
  const before =
    validations.find((validation) => validation.type === type) ?? refuseAsNotFound('validation');
  const date_created = timeOf(context);
  const validated_until = formatTime(context.clock.now_ms() + VALIDITY_DAYS * DAY_MS);
  const dates = { date_created, validated_until };
  await completeStored(tx, account_id, organization_id, type, dates);
  const others = validations.filter((validation) => validation.type !== type);
  const is_pending = Number(others.some((validation) => validation.date_created === ''));
  await moveCounts(tx, organization, { is_pending, updated_at: date_created });
  await recordEvent(tx, context, {
    action: 'validation_completed',
    object_type: 'organization',
    object_id: organization_id,
    before: { type, date_created: before.date_created, validated_until: before.validated_until },
    after: { type, ...dates },
  });
  await announceReadyOrders(tx, context, organization_id);
}
