/** Evidence: what a request says of it, and what is wrong with that by itself. Pure. */
import {
  EvidenceRequest,
  EvidenceWithdrawalRequest,
  fieldProblem,
  type Problem,
  readBody,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { formatTime } from './time.ts';

/** Evidence that is to be recorded. Absent texts are empty, and so is the source 0. */
export interface PlannedEvidence {
  readonly kind: EvidenceRequest['kind'];
  readonly source_id: number;
  readonly reference: string;
  /** As on the wire. */
  readonly obtained_at: string;
  readonly note: string;
  readonly file_digest: string;
  readonly file_name: string;
}

/**
 * Reads evidence that is to be recorded: every problem that needs no look at the account, or the evidence.
 *
 * @param time now, as on the wire
 */
export function checkEvidence(
  body: unknown,
  time: string,
): { problems: Problem[]; evidence: PlannedEvidence } {
  const { problems, faulty, value } = readBody(EvidenceRequest, body, FORMATS);
  const isTimed = value.obtained_at !== undefined && !faulty.has('obtained_at');
  const obtained_at = isTimed ? formatTime(Date.parse(value.obtained_at)) : '';
  if (obtained_at > time) {
    problems.push(fieldProblem('invalid', 'obtained_at', `must not be after ${time}, now.`));
  }
  const { file_digest = '', file_name = '' } = value;
  if (file_digest === '' && file_name !== '' && !faulty.has('file_digest')) {
    problems.push(fieldProblem('invalid', 'file_name', 'is only for a file, by its file_digest.'));
  }
  const evidence: PlannedEvidence = {
    kind: value.kind,
    source_id: value.source_id ?? 0,
    reference: value.reference,
    obtained_at,
    note: value.note ?? '',
    file_digest: file_digest.toLowerCase(),
    file_name,
  };
  return { problems, evidence };
}

/** Reads why evidence, or a source, is not to be relied on any more. */
export function checkWithdrawal(body: unknown): { problems: Problem[]; reason: string } {
  const { problems, value } = readBody(EvidenceWithdrawalRequest, body, FORMATS);
  return { problems, reason: value.reason };
}
