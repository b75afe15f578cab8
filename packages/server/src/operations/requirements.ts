/** What an organization's validations still need: for those who work on them, and for the applicant. */
import {
  type Decision,
  type Person,
  type Requirement,
  type RequirementList,
  RequirementsQuery,
  readQuery,
  type TypeRequirements,
  VALIDATION_TYPE_NAMES,
  type ValidationTypeName,
} from '@orgvet/contract';
import { listFindings } from '../domain/findings.ts';
import type { OrganizationDetails } from '../domain/organization.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  type CheckStanding,
  findEarliestEnd,
  findNextActor,
  isSettled,
} from '../domain/requirements.ts';
import { describeRules } from '../domain/rules/rulebook.ts';
import { statusAt } from '../domain/validation.ts';
import type { Handle } from '../store/database.ts';
import { findSource } from '../store/sources.ts';
import type { StoredValidation } from '../store/validations.ts';
import { isAllowed } from './access.ts';
import { type Context, timeOf } from './context.ts';
import { listPeopleIds, renderDecision } from './decision-answers.ts';
import { readPeople } from './people-names.ts';
import { refuseUnlessThere } from './validation-outcomes.ts';
import { listValidationRecords } from './validations.ts';
import { getStoredFacts, getWork, type OrganizationWork, planTypeRequirements } from './work.ts';

/** The requirements of every type that an organization was submitted for, or of the one asked about. */
export async function listRequirements(
  context: Context,
  {
    params: { organization_id },
    query,
  }: {
    readonly params: { readonly organization_id: number };
    readonly query: Readonly<Record<string, unknown>>;
  },
): Promise<RequirementList> {
  const { problems, value } = readQuery(RequirementsQuery, query);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id } = context.principal;
  const work = await getWork(reader, account_id, organization_id);
  const submitted = VALIDATION_TYPE_NAMES.filter((type) =>
    work.validations.some((one) => one.type === type),
  );
  const types = value.type === undefined ? submitted : [value.type];
  const people = await readPeople(reader, account_id, [
    ...listPeopleIds(work.decisions),
    ...work.validations.map(({ assigned_to_user_id }) => assigned_to_user_id),
  ]);
  const records = await listValidationRecords(context, reader, account_id, [organization_id]);
  return {
    organization_id,
    details: describeDetails(work.organization),
    types: types.map((type) =>
      describeType(context, work, type, {
        people,
        showsWork: isAllowed(context.principal, 'view_vetting', context.clock),
        record: records.validations.find((one) => one.type === type),
      }),
    ),
    findings: await findFindings(reader, account_id, organization_id, types),
  };
}

/** What is validated, for those who validate it too: they see no organizations as such. */
function describeDetails(organization: OrganizationDetails): RequirementList['details'] {
  const { name, assumed_name, country, address, address2, city, state, zip, telephone } =
    organization;
  return {
    name,
    ...(assumed_name !== '' && { assumed_name }),
    country,
    address,
    ...(address2 !== '' && { address2 }),
    city,
    state,
    zip,
    ...(telephone !== '' && { telephone }),
  };
}

interface Answerer {
  readonly people: (user_id: number) => Person;
  /** Whether the answer is for those who validate: what they wrote is not for the applicant. */
  readonly showsWork: boolean;
  /** As the wire shows it. */
  readonly record:
    | {
        readonly date_created: string;
        readonly validated_until: string;
        readonly is_open?: boolean;
      }
    | undefined;
}

function describeType(
  context: Context,
  work: OrganizationWork,
  type: ValidationTypeName,
  { people, showsWork, record }: Answerer,
): TypeRequirements {
  const validation = work.validations.find((one) => one.type === type);
  const standings = planTypeRequirements(context, work, type);
  const would_serve_until = findEarliestEnd(standings);
  const next_actor = validation?.is_open === 1 ? findNextActor(standings) : undefined;
  return {
    type,
    status: record === undefined ? 'none' : statusAt(record, timeOf(context)),
    ...describeWork(validation, people),
    ...(record !== undefined &&
      record.date_created !== '' && {
        date_created: record.date_created,
        validated_until: record.validated_until,
      }),
    ...(would_serve_until !== undefined && { would_serve_until }),
    rules: describeRules(context.rules, type, context.clock.now_ms()),
    met: standings.filter(isSettled).length,
    total: standings.length,
    ...(next_actor !== undefined && { next_actor }),
    checks: standings
      .map((standing) => describeStanding(standing, describe(work, people)))
      .map((requirement) => (showsWork ? requirement : withoutWork(requirement))),
  };
}

function describeWork(
  validation: StoredValidation | undefined,
  people: (user_id: number) => Person,
): Pick<
  TypeRequirements,
  'work' | 'opened_because' | 'requested_at' | 'assigned_to' | 'rejection'
> {
  if (validation === undefined) {
    return { work: 'closed' };
  }
  const { is_open, rejected_at, rejection_reasons, assigned_to_user_id } = validation;
  if (is_open === 0) {
    return rejected_at === ''
      ? { work: 'closed' }
      : {
          work: 'rejected',
          rejection: { rejected_at, reasons: JSON.parse(rejection_reasons) as string[] },
        };
  }
  return {
    work: 'open',
    opened_because: validation.opened_because,
    requested_at: validation.requested_at,
    ...(assigned_to_user_id !== 0 && { assigned_to: people(assigned_to_user_id) }),
  };
}

function describe(work: OrganizationWork, people: (user_id: number) => Person) {
  return (decision_id: number | undefined): Decision | undefined => {
    const decision = work.decisions.find(({ id }) => id === decision_id);
    return decision && renderDecision(decision, people);
  };
}

function describeStanding(
  { check, status, until, decision_id, next }: CheckStanding,
  describeDecision: (decision_id: number | undefined) => Decision | undefined,
): Requirement {
  const decision = describeDecision(decision_id);
  return {
    check_id: check.id,
    title: check.title,
    section: check.section,
    statement: check.statement,
    status,
    ...(until !== undefined && { until }),
    needs_second_person: check.second_person,
    ...(decision !== undefined && { decision }),
    ...(next !== undefined && {
      next: {
        ...next,
        accepts: next.accepts.map((way) => [...way]),
        usable_evidence_ids: [...next.usable_evidence_ids],
        unknown_facts: [...next.unknown_facts],
      },
    }),
  };
}

/** A requirement as the applicant sees it: how it stands and what would do, not what was found by whom. */
function withoutWork({ decision: _, next, ...requirement }: Requirement): Requirement {
  return { ...requirement, ...(next && { next: { ...next, usable_evidence_ids: [] } }) };
}

async function findFindings(
  handle: Handle,
  account_id: number,
  organization_id: number,
  validation_types: readonly ValidationTypeName[],
): Promise<RequirementList['findings']> {
  const { details, profile } = await getStoredFacts(handle, account_id, organization_id);
  const { registration_source_id } = profile;
  const source =
    registration_source_id === undefined
      ? undefined
      : await findSource(handle, account_id, registration_source_id);
  return listFindings({
    details,
    profile,
    registration_format:
      source === undefined || source.number_format === ''
        ? undefined
        : { source_name: source.name, pattern: source.number_format },
    validation_types,
  });
}
