/** Requests about the work on validations that are answered with each error code of theirs. */
import type { ErrorCode, ValidationTypeName } from '@orgvet/contract';
import type { Answer, TestServer } from './harness.ts';
import { appointReviewer, appointSpecialist } from './vetting.ts';
import { createSubmitted, meet, record, sendDecision, sendReview, type Work } from './working.ts';

const MET = { outcome: 'met', reason: 'It is so.' };

/** The codes that decisions about checks can be answered with. */
type WorkCode = Extract<
  ErrorCode,
  | 'not_found|check'
  | 'not_qualified'
  | 'validation_not_open'
  | `check_${string}`
  | 'evidence_not_accepted'
  | 'evidence_not_sufficient'
  | 'evidence_too_old'
  | 'contract_term_not_allowed'
  | 'nothing_to_review'
  | 'reviewer_not_independent'
  | 'clock_goes_forward'
>;

/** @returns for each code how it is provoked on a server with the demo */
export async function makeWorkProvocations(
  server: TestServer,
): Promise<Record<WorkCode, () => Promise<Answer>>> {
  const { key } = await appointSpecialist(server);
  const begin = async (type: ValidationTypeName, details = {}): Promise<Work> => ({
    server,
    key,
    organization_id: await createSubmitted(server, [type], details),
  });
  /** Decides a check of a new organization by evidence of some kind. */
  const decideBy = async (kind: Parameters<typeof record>[1], more = {}) => {
    const work = await begin('ov');
    const evidence_ids = [await record(work, kind, more)];
    return await sendDecision(work, 'ov', 'identity', { ...MET, evidence_ids });
  };
  const review = async () => {
    const work = await begin('ev');
    await meet(work, 'ev', { check_id: 'separation_of_duties' });
    return work;
  };
  return {
    'not_found|check': async () => await sendDecision(await begin('ov'), 'ov', 'no_such', MET),
    not_qualified: async () => {
      const work = await begin('ev');
      const other = await appointSpecialist(server, { types: ['ov'] });
      return await sendDecision({ ...work, key: other.key }, 'ev', 'entity_class', MET);
    },
    validation_not_open: async () => {
      const work = await begin('ov');
      const path = `/control/v1/organization/${work.organization_id}/validation/ov`;
      await server.send('PUT', path, { body: { status: 'active' } });
      return await sendDecision(work, 'ov', 'data_sources', MET);
    },
    check_not_applicable: async () =>
      await sendDecision(await begin('ov', { assumed_name: '' }), 'ov', 'assumed_name', MET),
    check_applies: async () =>
      await sendDecision(await begin('ov'), 'ov', 'identity', {
        ...MET,
        outcome: 'not_applicable',
      }),
    check_not_ready: async () =>
      await sendDecision(await begin('ev'), 'ev', 'cross_correlation', MET),
    evidence_not_accepted: async () => await decideBy('own_database'),
    evidence_not_sufficient: async () => await decideBy('communication_response'),
    evidence_too_old: async () =>
      await decideBy('qgis', { obtained_at: '2024-01-01T00:00:00+00:00' }),
    contract_term_not_allowed: async () => {
      const work = await begin('ov');
      const evidence_ids = [await record(work, 'qgis')];
      const contract_until = '2099-01-01T00:00:00Z';
      const body = { ...MET, evidence_ids, contract_until };
      return await sendDecision(work, 'ov', 'identity', body);
    },
    nothing_to_review: async () => {
      const reviewer = await appointReviewer(server);
      const work = { ...(await begin('ev')), key: reviewer.key };
      return await sendReview(work, 'ev', 'cross_correlation');
    },
    reviewer_not_independent: async () =>
      await sendReview(await review(), 'ev', 'separation_of_duties'),
    clock_goes_forward: async () =>
      await server.send('POST', '/control/v1/clock', { body: { now: '2001-01-01T00:00:00Z' } }),
  };
}
