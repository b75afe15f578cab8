/** What becomes of the validations of a test account by themselves: the policy, and what follows from it. */
import { fieldProblem, OutcomePolicy, type Problem, readBody } from '@orgvet/contract';
import { parseDuration } from './duration.ts';
import { FORMATS } from './formats.ts';
import { formatTime } from './time.ts';

/** What a policy says of one validation. */
export interface ScriptedOutcome {
  readonly at: string;
  readonly outcome: 'approve' | 'reject';
  readonly reason: string;
}

/** The end of the year 9999: later cannot be written. */
const LATEST_MS = Date.parse('9999-12-31T23:59:59Z');

/** Reads the body of "Change outcome policy". */
export function checkOutcomePolicy(body: unknown): { problems: Problem[]; policy: OutcomePolicy } {
  const { problems, faulty, value } = readBody(OutcomePolicy, body, FORMATS);
  if (value.policy === 'reject' && value.reason === undefined && !faulty.has('reason')) {
    problems.push(fieldProblem('missing', 'reason', 'is required with the policy reject.'));
  }
  return { problems, policy: value };
}

/** What becomes of a validation that is submitted now; undefined where people decide. */
export function planOutcome(
  { policy, after, reason = '' }: OutcomePolicy,
  now_ms: number,
): ScriptedOutcome | undefined {
  if (policy === 'manual') {
    return undefined;
  }
  const wait_ms = after === undefined ? 0 : (parseDuration(after) ?? 0);
  return { at: formatTime(Math.min(now_ms + wait_ms, LATEST_MS)), outcome: policy, reason };
}
