/** Decisions about validations as a whole: a test account's test completes one, a specialist rejects one. */
import {
  problem,
  RejectionRequest,
  readBody,
  ValidationOutcomeRequest,
  type ValidationTypeName,
} from '@orgvet/contract';
import { FORMATS } from '../domain/formats.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import type { Transaction } from '../store/database.ts';
import { hasOrganization, lockOrganization } from '../store/organizations.ts';
import { listValidations, type StoredValidation } from '../store/validations.ts';
import { type Context, refuseAsNotFound } from './context.ts';
import { refuseUnlessQualified } from './qualification.ts';
import { completeValidation, rejectOpenValidation } from './validation-lifecycle.ts';

/** One validation of one organization. */
export type OneValidation = {
  readonly params: {
    readonly organization_id: number;
    readonly validation_type: ValidationTypeName;
  };
};

/** Makes a validation active because a test says so. Only test accounts have the route. */
export async function decideValidation(
  context: Context,
  {
    params: { organization_id, validation_type },
    body,
  }: OneValidation & { readonly body: unknown },
): Promise<void> {
  const { problems } = readBody(ValidationOutcomeRequest, body, FORMATS);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const validation = await getLockedValidation(tx, context, organization_id, validation_type);
    await completeValidation(tx, context, validation, { way: 'control' });
  });
}

/** Ends the work on a validation, with reasons that the applicant sees. */
export async function rejectValidation(
  context: Context,
  {
    params: { organization_id, validation_type },
    body,
  }: OneValidation & { readonly body: unknown },
): Promise<void> {
  const { problems, value } = readBody(RejectionRequest, body, FORMATS);
  await refuseUnlessThere(context, organization_id);
  refuseUnlessQualified(context, ['specialist'], validation_type);
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const validation = await getOpenValidation(tx, context, organization_id, validation_type);
    await rejectOpenValidation(tx, context, validation, value.reasons);
  });
}

/** What is not there is not there, whatever else is wrong with the request. */
export async function refuseUnlessThere(context: Context, organization_id: number): Promise<void> {
  const { account_id } = context.principal;
  if (!(await hasOrganization(context.store.reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
}

/** @throws RequestRefused also for a validation that nobody works on */
export async function getOpenValidation(
  tx: Transaction,
  context: Context,
  organization_id: number,
  type: ValidationTypeName,
): Promise<StoredValidation> {
  const validation = await getLockedValidation(tx, context, organization_id, type);
  if (validation.is_open === 0) {
    throw new RequestRefused([problem('validation_not_open')]);
  }
  return validation;
}

async function getLockedValidation(
  tx: Transaction,
  { principal }: Context,
  organization_id: number,
  type: ValidationTypeName,
): Promise<StoredValidation> {
  const { account_id } = principal;
  if ((await lockOrganization(tx, account_id, organization_id)) === undefined) {
    refuseAsNotFound('organization');
  }
  const validations = await listValidations(tx, account_id, [organization_id]);
  return validations.find((one) => one.type === type) ?? refuseAsNotFound('validation');
}
