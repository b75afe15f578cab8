/**
 * The work on validations as it stands: gathers what is known of organizations and puts it before the
 * rules. Reads only.
 */
import type { EvidenceKind, ProfileRequest, ValidationTypeName } from '@orgvet/contract';
import { type Facts, factsOf } from '../domain/facts.ts';
import type { OrganizationDetails } from '../domain/organization.ts';
import {
  type CheckStanding,
  type KnownDecision,
  type KnownEvidence,
  planRequirements,
} from '../domain/requirements.ts';
import { findValidityEnd, type ReliedOn } from '../domain/rules/validity.ts';
import type { Handle } from '../store/database.ts';
import {
  type EvidenceRecord,
  listDecisions,
  listEvidenceRecords,
  listReliedEvidence,
  type StoredDecision,
} from '../store/decisions.ts';
import { listStoredFacts, type StoredFacts } from '../store/organization-facts.ts';
import { listValidations, type StoredValidation } from '../store/validations.ts';
import { type Environment, timeOf } from './context.ts';

/** A decision as it is kept, and as the rules see it. */
export interface WorkDecision extends KnownDecision {
  readonly stored: StoredDecision;
}

/** What is known of an organization that is or was worked on. */
export interface OrganizationWork {
  readonly organization: StoredFacts;
  readonly facts: Facts;
  readonly validations: readonly StoredValidation[];
  readonly decisions: readonly WorkDecision[];
  readonly evidence: readonly KnownEvidence[];
}

/** What is known of some organizations, by their ids. One that is not there is not among them. */
export async function readWork(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<Map<number, OrganizationWork>> {
  const ids = [...new Set(organization_ids)];
  const organizations = await listStoredFacts(handle, account_id, ids);
  const validations = await listValidations(handle, account_id, ids);
  const stored = await listDecisions(handle, account_id, ids);
  const relied = await listReliedEvidence(handle, account_id, ids);
  const evidence = await listEvidenceRecords(handle, account_id, ids);
  const reliedOf = Map.groupBy(relied, ({ decision_id }) => decision_id);
  return new Map(
    organizations.map((organization) => {
      const isIts = (one: { organization_id: number }) => one.organization_id === organization.id;
      return [
        organization.id,
        {
          organization,
          facts: factsOf(organization, parseProfile(organization)),
          validations: validations.filter(isIts),
          evidence: evidence.filter(isIts).map(knownEvidence),
          decisions: stored.filter(isIts).map((decision) =>
            knownDecision(
              decision,
              (reliedOf.get(decision.id) ?? []).map((one) =>
                knownEvidence({ ...one, id: one.evidence_id }),
              ),
            ),
          ),
        },
      ];
    }),
  );
}

/** What is known of one organization that is there. */
export async function getWork(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<OrganizationWork> {
  const work = (await readWork(handle, account_id, [organization_id])).get(organization_id);
  if (work === undefined) {
    throw new Error(`The organization ${organization_id} is not there.`);
  }
  return work;
}

/** What is kept of the details of an organization that is there, and its profile. */
export async function getStoredFacts(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<{ readonly details: OrganizationDetails; readonly profile: ProfileRequest }> {
  const [organization] = await listStoredFacts(handle, account_id, [organization_id]);
  if (organization === undefined) {
    throw new Error(`The organization ${organization_id} is not there.`);
  }
  const { id, profile, ...details } = organization;
  return { details, profile: parseProfile({ profile }) };
}

function parseProfile({ profile }: Pick<StoredFacts, 'profile'>): ProfileRequest {
  return profile === '' ? {} : (JSON.parse(profile) as ProfileRequest);
}

/** When what serves now ends; undefined where nothing serves that the work would have to outlast. */
export function findServingEnd(
  { rules, clock }: Pick<Environment, 'rules' | 'clock'>,
  validation: StoredValidation | undefined,
): string | undefined {
  if (validation === undefined || validation.date_created === '' || validation.outdated_at !== '') {
    return undefined;
  }
  const { end } = findValidityEnd(rules, validation);
  return end > timeOf({ clock }) ? end : undefined;
}

/** What the last completion of a validation stands on; nothing for one that was recorded as a whole. */
export function listReliedOn({ relied_on }: StoredValidation): readonly ReliedOn[] {
  return relied_on === '' ? [] : (JSON.parse(relied_on) as ReliedOn[]);
}

/** How every check of a type stands for an organization, submitted for it or not. */
export function planTypeRequirements(
  environment: Pick<Environment, 'rules' | 'clock'>,
  work: OrganizationWork,
  type: ValidationTypeName,
): CheckStanding[] {
  const { rules, clock } = environment;
  const validation = work.validations.find((one) => one.type === type);
  // Beside what serves only what lasts longer is worth anything, and only while it is worked on.
  const serves_until =
    validation?.is_open === 1 ? findServingEnd(environment, validation) : undefined;
  // Asked for anew, what was found once is to be found again; other facts open only what they touch.
  const spent_decision_ids =
    validation?.is_open === 1 && validation.opened_because === 'request'
      ? listReliedOn(validation).flatMap(({ decision_id }) => decision_id ?? [])
      : [];
  return planRequirements({
    rulebook: rules,
    type,
    facts: work.facts,
    decisions: work.decisions,
    evidence: work.evidence,
    now_ms: clock.now_ms(),
    requested_at: validation?.requested_at ?? timeOf({ clock }),
    ...(serves_until !== undefined && { serves_until }),
    spent_decision_ids,
  });
}

function knownEvidence({
  id,
  kind,
  obtained_at,
  withdrawn_at,
}: Pick<EvidenceRecord, 'id' | 'kind' | 'obtained_at' | 'withdrawn_at'>): KnownEvidence {
  return { id, kind: kind as EvidenceKind, obtained_at, withdrawn_at };
}

function knownDecision(stored: StoredDecision, evidence: readonly KnownEvidence[]): WorkDecision {
  const { id, validation_type, check_id, outcome, contract_until, decided_at } = stored;
  return {
    ...{ id, validation_type, check_id, outcome, contract_until, decided_at, evidence, stored },
    facts: JSON.parse(stored.facts) as Facts,
    serves_types: JSON.parse(stored.serves_types) as ValidationTypeName[],
    decided_by_user_id: stored.decided_by_user_id,
    review_outcome: stored.review_outcome,
    reviewed_at: stored.reviewed_at,
  };
}
