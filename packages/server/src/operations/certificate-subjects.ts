/** The subject that a certificate for an organization would have, as its details and profile stand. */
import { type CertificateSubject, fieldProblem, readQuery, SubjectQuery } from '@orgvet/contract';
import { RequestRefused } from '../domain/problems.ts';
import { describeSubject } from '../domain/subject.ts';
import type { Context } from './context.ts';
import { refuseUnlessThere } from './validation-outcomes.ts';
import { getStoredFacts } from './work.ts';

export async function getCertificateSubject(
  context: Context,
  {
    params: { organization_id },
    query,
  }: {
    readonly params: { readonly organization_id: number };
    readonly query: Readonly<Record<string, unknown>>;
  },
): Promise<CertificateSubject> {
  const { problems, faulty, value } = readQuery(SubjectQuery, query);
  await refuseUnlessThere(context, organization_id);
  const { type } = value;
  if (type === undefined && !faulty.has('type')) {
    problems.push(fieldProblem('missing', 'type', 'is required.'));
  }
  if (type === undefined || problems.length > 0) {
    throw new RequestRefused(problems);
  }
  const { account_id } = context.principal;
  const { details, profile } = await getStoredFacts(
    context.store.reader,
    account_id,
    organization_id,
  );
  return { type, members: describeSubject(details, type, profile) };
}
