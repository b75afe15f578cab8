/**
 * Evidence of organizations: recorded once for whatever relies on it, listed, and withdrawn. What it is
 * enough for is not decided here.
 */
import {
  type AffectedList,
  type Evidence,
  type EvidenceKind,
  type EvidenceList,
  fieldProblem,
  type Person,
  type Problem,
  problem,
} from '@orgvet/contract';
import { checkEvidence, checkWithdrawal, type PlannedEvidence } from '../domain/evidence.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import type { Handle, Transaction } from '../store/database.ts';
import {
  findEvidence,
  insertEvidence,
  listReliances,
  listEvidence as listStoredEvidence,
  type Reliance,
  type StoredEvidence,
  withdrawEvidenceOnce,
} from '../store/evidence.ts';
import {
  findFileOfOrganization,
  listFilesOfOrganization,
  type StoredFile,
} from '../store/files.ts';
import { hasOrganization, lockOrganization } from '../store/organizations.ts';
import { listSourceNames, lockSource } from '../store/sources.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { nameOf } from './files.ts';
import { readPeople } from './people-names.ts';
import { endReliance, keepCurrent } from './reliance.ts';

type OneOrganization = { readonly params: { readonly organization_id: number } };
type OneEvidence = {
  readonly params: { readonly organization_id: number; readonly evidence_id: number };
};
type WithBody = { readonly body: unknown };

/** All evidence of an organization, newest first, with what relies on it. */
export async function listEvidence(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<EvidenceList> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  if (!(await hasOrganization(reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  const stored = await listStoredEvidence(reader, account_id, organization_id);
  const all = await listReliances(reader, account_id, organization_id);
  const describe = await prepareDescription(reader, account_id, organization_id, stored, {
    reliances: await keepCurrent(reader, account_id, all),
  });
  return { evidence: stored.map(describe) };
}

export async function recordEvidence(
  context: Context,
  { params: { organization_id }, body }: OneOrganization & WithBody,
): Promise<Evidence> {
  const { account_id, user_id } = context.principal;
  const time = timeOf(context);
  const { problems, evidence: planned } = checkEvidence(body, time);
  return await context.store.transaction(async (tx) => {
    await lockOrganizationOrRefuse(tx, context, organization_id);
    const place = { account_id, organization_id };
    refuseIfAny([...problems, ...(await checkParts(tx, place, planned))]);
    const fresh = { ...place, ...planned, collected_by_user_id: user_id, recorded_at: time };
    const id = await insertEvidence(tx, fresh);
    await recordEvent(tx, context, {
      action: 'evidence_recorded',
      object_type: 'evidence',
      object_id: id,
      after: { organization_id, ...planned },
    });
    const stored = { ...fresh, id, ...NOT_WITHDRAWN };
    const describe = await prepareDescription(tx, account_id, organization_id, [stored], {
      reliances: [],
    });
    return describe(stored);
  });
}

const NOT_WITHDRAWN = { withdrawn_at: '', withdrawn_by_user_id: 0, withdrawal_reason: '' };

/** Nothing relies on evidence any more: whatever did has ended. */
export async function withdrawEvidence(
  context: Context,
  { params: { organization_id, evidence_id }, body }: OneEvidence & WithBody,
): Promise<AffectedList> {
  const { account_id, user_id } = context.principal;
  const { problems, reason } = checkWithdrawal(body);
  return await context.store.transaction(async (tx) => {
    await lockOrganizationOrRefuse(tx, context, organization_id);
    if ((await findEvidence(tx, account_id, organization_id, evidence_id)) === undefined) {
      refuseAsNotFound('evidence');
    }
    refuseIfAny(problems);
    const withdrawal = {
      withdrawn_at: timeOf(context),
      withdrawn_by_user_id: user_id,
      withdrawal_reason: reason,
    };
    if (!(await withdrawEvidenceOnce(tx, account_id, evidence_id, withdrawal))) {
      throw new RequestRefused([problem('evidence_withdrawn', { evidence_id })]);
    }
    await recordEvent(tx, context, {
      action: 'evidence_withdrawn',
      object_type: 'evidence',
      object_id: evidence_id,
      before: NOT_WITHDRAWN,
      after: withdrawal,
    });
    return { affected: await endReliance(tx, context, organization_id, [evidence_id]) };
  });
}

async function lockOrganizationOrRefuse(
  tx: Transaction,
  { principal }: Context,
  organization_id: number,
): Promise<void> {
  if ((await lockOrganization(tx, principal.account_id, organization_id)) === undefined) {
    refuseAsNotFound('organization');
  }
}

type Place = { readonly account_id: number; readonly organization_id: number };

/** The source and the file must be there; what could not be read of a request is not looked for. */
async function checkParts(
  tx: Transaction,
  { account_id, organization_id }: Place,
  { kind, source_id, file_digest }: PlannedEvidence,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  if (source_id !== 0) {
    problems.push(...(await checkSource(tx, account_id, source_id, kind)));
  }
  if (file_digest !== '') {
    const file = await findFileOfOrganization(tx, account_id, organization_id, file_digest);
    if (file === undefined) {
      const detail = 'must be of a file that was stored for this organization.';
      problems.push(fieldProblem('invalid', 'file_digest', detail));
    }
  }
  return problems;
}

/** Locked, so that nobody withdraws the source while evidence from it is recorded. */
async function checkSource(
  tx: Transaction,
  account_id: number,
  source_id: number,
  kind: EvidenceKind | undefined,
): Promise<Problem[]> {
  const source = await lockSource(tx, account_id, source_id);
  if (source === undefined) {
    return [fieldProblem('invalid', 'source_id', `${source_id} is no source of this account.`)];
  }
  if (source.withdrawn_at !== '') {
    return [problem('source_withdrawn', { source_id })];
  }
  if (kind !== undefined && source.kind !== kind) {
    const detail = `${source_id} is a source of ${source.kind}, not of ${kind}.`;
    return [fieldProblem('invalid', 'source_id', detail)];
  }
  return [];
}

/** @returns how answers show each piece of evidence of an organization */
async function prepareDescription(
  handle: Handle,
  account_id: number,
  organization_id: number,
  stored: readonly StoredEvidence[],
  { reliances }: { readonly reliances: readonly Reliance[] },
): Promise<(evidence: StoredEvidence) => Evidence> {
  const people = stored.flatMap((one) => [one.collected_by_user_id, one.withdrawn_by_user_id]);
  const source_ids = [...new Set(stored.map(({ source_id }) => source_id))];
  const personOf = await readPeople(handle, account_id, people);
  const sources = await listSourceNames(handle, account_id, source_ids);
  const files = await listFilesOfOrganization(handle, account_id, organization_id);
  const fileByDigest = new Map(files.map((file) => [file.digest, file]));
  const reliancesByEvidence = Map.groupBy(reliances, ({ evidence_id }) => evidence_id);
  return (evidence) => ({
    ...describeRecord(evidence),
    ...describeSource(evidence, sources),
    ...describeFile(evidence, fileByDigest.get(evidence.file_digest)),
    collected_by: personOf(evidence.collected_by_user_id),
    ...describeWithdrawal(evidence, personOf),
    relied_on_by: (reliancesByEvidence.get(evidence.id) ?? []).map(
      ({ validation_type, check_id, decision_id }) => ({ validation_type, check_id, decision_id }),
    ),
  });
}

function describeRecord(evidence: StoredEvidence) {
  const { id, organization_id, kind, reference, obtained_at, note, recorded_at } = evidence;
  return {
    ...{ id, organization_id, kind, reference, obtained_at },
    ...(note && { note }),
    recorded_at,
  };
}

function describeSource(
  { source_id }: StoredEvidence,
  names: ReadonlyMap<number, string>,
): Pick<Evidence, 'source'> {
  const name = names.get(source_id);
  return name === undefined ? {} : { source: { id: source_id, name } };
}

function describeFile(
  { file_name }: StoredEvidence,
  file: StoredFile | undefined,
): Pick<Evidence, 'file'> {
  if (file === undefined) {
    return {};
  }
  const { digest, media_type, size_bytes } = file;
  return { file: { digest, media_type, size_bytes, name: file_name || nameOf(file) } };
}

function describeWithdrawal(
  { withdrawn_at, withdrawn_by_user_id, withdrawal_reason }: StoredEvidence,
  personOf: (user_id: number) => Person,
): Pick<Evidence, 'withdrawal'> {
  if (withdrawn_at === '') {
    return {};
  }
  const withdrawn_by = personOf(withdrawn_by_user_id);
  return { withdrawal: { withdrawn_at, withdrawn_by, reason: withdrawal_reason } };
}
