/** The profiles of organizations: what was found out about them, beside what they said. */
import { fieldProblem, type Problem, type Profile, type ProfileRequest } from '@orgvet/contract';
import { factsOf } from '../domain/facts.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { checkProfile } from '../domain/profile.ts';
import type { Transaction } from '../store/database.ts';
import { hasOrganization, lockOrganization } from '../store/organizations.ts';
import { findProfile, type StoredProfile, saveProfile } from '../store/profiles.ts';
import { findSource } from '../store/sources.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { noteFactsChange } from './fact-changes.ts';

type OneOrganization = { readonly params: { readonly organization_id: number } };

export async function getProfile(
  { store, principal }: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<Profile> {
  const { account_id } = principal;
  if (!(await hasOrganization(store.reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  const stored = await findProfile(store.reader, account_id, organization_id);
  return stored === undefined ? {} : { ...profileOf(stored), updated_at: stored.updated_at };
}

/** Replaces a profile. What was decided by the old one is looked at anew. */
export async function changeProfile(
  context: Context,
  { params: { organization_id }, body }: OneOrganization & { readonly body: unknown },
): Promise<void> {
  const { account_id } = context.principal;
  const time = timeOf(context);
  const { problems: own, profile: after } = checkProfile(body, time);
  await context.store.transaction(async (tx) => {
    const organization = await lockOrganization(tx, account_id, organization_id);
    if (organization === undefined) {
      refuseAsNotFound('organization');
    }
    refuseIfAny([...own, ...(await checkSource(tx, account_id, after))]);
    const before = profileOf(await findProfile(tx, account_id, organization_id));
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return;
    }
    const facts = JSON.stringify(after);
    await saveProfile(tx, { account_id, organization_id, facts, updated_at: time });
    await recordEvent(tx, context, {
      action: 'profile_changed',
      object_type: 'organization',
      object_id: organization_id,
      before,
      after,
    });
    const known = (profile: ProfileRequest) => factsOf(organization, profile);
    await noteFactsChange(tx, context, organization_id, known(before), known(after));
  });
}

/** The agency must be in the register; it may have been withdrawn since it registered the organization. */
async function checkSource(
  tx: Transaction,
  account_id: number,
  { registration_source_id: id }: ProfileRequest,
): Promise<Problem[]> {
  if (id === undefined || (await findSource(tx, account_id, id)) !== undefined) {
    return [];
  }
  const detail = `${id} is no source of this account.`;
  return [fieldProblem('invalid', 'registration_source_id', detail)];
}

function profileOf(stored: StoredProfile | undefined): ProfileRequest {
  return stored === undefined ? {} : (JSON.parse(stored.facts) as ProfileRequest);
}
