/** The register of sources: what evidence of the account may be from. It is the whole account's. */
import { type AffectedList, problem, type Source, type SourceList } from '@orgvet/contract';
import { checkWithdrawal } from '../domain/evidence.ts';
import { fold } from '../domain/fold.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import {
  checkSource,
  checkSourceListQuery,
  isSameSource,
  type SourceDetails,
} from '../domain/sources.ts';
import type { Transaction } from '../store/database.ts';
import { listReliancesOnSource } from '../store/evidence.ts';
import {
  countSources,
  findSource,
  insertSource,
  listSources as listStoredSources,
  lockSource,
  type StoredSource,
  updateSource,
  withdrawSource as withdrawStoredSource,
} from '../store/sources.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { keepCurrent } from './reliance.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

type OneSource = { readonly params: { readonly source_id: number } };
type WithBody = { readonly body: unknown };

export async function listSources(
  { store, principal }: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<SourceList> {
  const { problems, request } = checkSourceListQuery(query);
  refuseIfAny(problems);
  const { account_id } = principal;
  const { limit, offset } = request;
  const total = await countSources(store.reader, account_id, request);
  const sources = await listStoredSources(store.reader, account_id, request, { limit, offset });
  return { sources: sources.map(describeSource), page: { total, limit, offset } };
}

export async function getSource(
  { store, principal }: Context,
  { params: { source_id } }: OneSource,
): Promise<Source> {
  const source = await findSource(store.reader, principal.account_id, source_id);
  return source === undefined ? refuseAsNotFound('source') : describeSource(source);
}

export async function createSource(context: Context, { body }: WithBody): Promise<Source> {
  refuseUnlessUnrestricted(context);
  const { problems, source } = checkSource(body);
  refuseIfAny(problems);
  const { account_id } = context.principal;
  const time = timeOf(context);
  const planned = {
    ...{ ...source, account_id, name_folded: fold(source.name), revision: 1 },
    ...{ date_created: time, updated_at: time },
  };
  return await context.store.transaction(async (tx) => {
    const id = await insertSource(tx, planned);
    await recordEvent(tx, context, {
      action: 'source_registered',
      object_type: 'source',
      object_id: id,
      after: source,
    });
    return describeSource({ ...planned, id, withdrawn_at: '', withdrawal_reason: '' });
  });
}

/** Replaces what is said of a source. Evidence that is from it stays what it was. */
export async function changeSource(
  context: Context,
  { params: { source_id }, body }: OneSource & WithBody,
): Promise<void> {
  refuseUnlessUnrestricted(context);
  const { problems, source: after } = checkSource(body);
  await getSource(context, { params: { source_id } });
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const current = await lockUsable(tx, context, source_id);
    const before = detailsOf(current);
    if (isSameSource(before, after)) {
      return;
    }
    const { account_id, revision } = current;
    await updateSource(tx, {
      ...{ ...after, account_id, id: source_id, name_folded: fold(after.name) },
      ...{ revision: revision + 1, updated_at: timeOf(context) },
    });
    await recordEvent(tx, context, {
      action: 'source_changed',
      object_type: 'source',
      object_id: source_id,
      before: { ...before, revision },
      after: { ...after, revision: revision + 1 },
    });
  });
}

/** No new evidence is from a source any more. What relies on it stays, and is told. */
export async function withdrawSource(
  context: Context,
  { params: { source_id }, body }: OneSource & WithBody,
): Promise<AffectedList> {
  refuseUnlessUnrestricted(context);
  const { problems, reason } = checkWithdrawal(body);
  await getSource(context, { params: { source_id } });
  refuseIfAny(problems);
  return await context.store.transaction(async (tx) => {
    const { account_id } = await lockUsable(tx, context, source_id);
    const withdrawal = { withdrawn_at: timeOf(context), withdrawal_reason: reason };
    await withdrawStoredSource(tx, account_id, source_id, withdrawal);
    await recordEvent(tx, context, {
      action: 'source_withdrawn',
      object_type: 'source',
      object_id: source_id,
      before: { withdrawn_at: '' },
      after: withdrawal,
    });
    const all = await listReliancesOnSource(tx, account_id, source_id);
    const reliances = await keepCurrent(tx, account_id, all);
    return {
      affected: reliances.map(
        ({ organization_id, organization_name, evidence_id, validation_type, check_id }) => ({
          ...{ organization_id, organization_name, evidence_id, validation_type, check_id },
          // Only the withdrawal of evidence ends anything.
          is_ended: false,
        }),
      ),
    };
  });
}

/** A source that may be used, and that nobody else changes until the transaction ends. */
async function lockUsable(
  tx: Transaction,
  { principal }: Context,
  source_id: number,
): Promise<StoredSource> {
  const source = await lockSource(tx, principal.account_id, source_id);
  if (source === undefined) {
    refuseAsNotFound('source');
  }
  if (source.withdrawn_at !== '') {
    throw new RequestRefused([problem('source_withdrawn', { source_id })]);
  }
  return source;
}

function detailsOf(source: StoredSource): SourceDetails {
  const { name, kind, jurisdiction_country, jurisdiction_state, jurisdiction_locality } = source;
  const { url, number_format, note } = source;
  return {
    ...{ name, kind },
    ...{ jurisdiction_country, jurisdiction_state, jurisdiction_locality },
    ...{ url, number_format, note },
  };
}

function describeSource(source: StoredSource): Source {
  const { name, kind, ...optional } = detailsOf(source);
  const { id, revision, date_created, updated_at, withdrawn_at, withdrawal_reason } = source;
  const given = Object.entries(optional).filter(([, text]) => text !== '');
  return {
    ...{ id, name, kind },
    ...Object.fromEntries(given),
    ...{ revision, date_created, updated_at },
    ...(withdrawn_at !== '' && { withdrawn_at, withdrawal_reason }),
  };
}
