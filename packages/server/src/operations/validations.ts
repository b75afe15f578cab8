/** Validations: the types there are, and what organizations have been submitted for. */
import { VALIDATION_TYPES, type ValidationList, type ValidationTypeList } from '@orgvet/contract';
import {
  describeValidations,
  type ValidationRecord,
  type VerifiedContactRecord,
} from '../domain/organization-document.ts';
import type { Rulebook } from '../domain/rules/rulebook.ts';
import { createValidityReader } from '../domain/rules/validity.ts';
import { planValidationRecord } from '../domain/validation.ts';
import type { Handle } from '../store/database.ts';
import { hasOrganization } from '../store/organizations.ts';
import { listValidations } from '../store/validations.ts';
import { type Context, refuseAsNotFound, timeOf } from './context.ts';
import { listContactsWithRoles } from './verified-contact-parts.ts';

export async function listValidationTypes(): Promise<ValidationTypeList> {
  return { validation_types: [...VALIDATION_TYPES] };
}

/** The validations of one organization, in the order they were asked for. */
export async function listOrganizationValidations(
  context: Context,
  { params: { organization_id } }: { readonly params: { readonly organization_id: number } },
): Promise<ValidationList> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  if (!(await hasOrganization(reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  const { validations, verified_contacts } = await listValidationRecords(
    context,
    reader,
    account_id,
    [organization_id],
  );
  return { validations: describeValidations(validations, verified_contacts, timeOf(context)) };
}

type OfOrganization<Part> = Part & { readonly organization_id: number };

/**
 * The validations and verified contacts of some organizations, each with its organization, as the rules
 * of the day have them.
 *
 * @param ordered_at the moment of an order: one from before a change of details is served by what was
 *   validated before it, until the change is
 */
export async function listValidationRecords(
  { rules, clock }: Pick<Context, 'rules' | 'clock'>,
  reader: Handle,
  account_id: number,
  organization_ids: readonly number[],
  ordered_at?: string,
): Promise<{
  validations: OfOrganization<ValidationRecord>[];
  verified_contacts: OfOrganization<VerifiedContactRecord>[];
}> {
  if (organization_ids.length === 0) {
    return { validations: [], verified_contacts: [] };
  }
  const stored = await listValidations(reader, account_id, organization_ids);
  // Verified contacts come only with a request for validation: most organizations need no look.
  const submitted = [...new Set(stored.map(({ organization_id }) => organization_id))];
  if (submitted.length === 0) {
    return { validations: [], verified_contacts: [] };
  }
  const time = timeOf({ clock });
  const findEnd = validityReaderOf(rules);
  const validations = stored.flatMap((validation) => {
    const record = planValidationRecord(validation, findEnd, ordered_at ?? time);
    return record === undefined ? [] : [{ ...record, organization_id: validation.organization_id }];
  });
  const verified_contacts = await listContactsWithRoles(reader, account_id, submitted);
  return { validations, verified_contacts };
}

const validityReaders = new WeakMap<Rulebook, ReturnType<typeof createValidityReader>>();

/** Kept for as long as its rules are: what it has worked out serves every request. */
function validityReaderOf(rules: Rulebook): ReturnType<typeof createValidityReader> {
  const known = validityReaders.get(rules) ?? createValidityReader(rules);
  validityReaders.set(rules, known);
  return known;
}
