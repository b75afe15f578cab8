/** What requests may say about the clock of a test account. Pure: what time it is is handed in. */
import { ClockRequest, fieldProblem, type Problem, problem, readBody } from '@orgvet/contract';
import { parseDuration } from './duration.ts';
import { FORMATS } from './formats.ts';
import { formatTime } from './time.ts';

/** The end of the year 9999: later cannot be written. */
const LATEST_MS = Date.parse('9999-12-31T23:59:59Z');

/**
 * Reads the body of "Move clock".
 *
 * @returns the problems, or the moment that the clock is to show
 */
export function checkClockRequest(
  body: unknown,
  now_ms: number,
): { problems: Problem[]; target_ms: number } {
  const { problems, faulty, value } = readBody(ClockRequest, body, FORMATS);
  if (faulty.size > 0) {
    return { problems, target_ms: now_ms };
  }
  const { now, advance } = value;
  if ((now === undefined) === (advance === undefined)) {
    problems.push(fieldProblem('invalid', 'now', 'or advance must be given, and not both.'));
    return { problems, target_ms: now_ms };
  }
  const target_ms =
    now === undefined ? now_ms + (parseDuration(advance ?? '') ?? 0) : Date.parse(now);
  if (target_ms > LATEST_MS) {
    problems.push(
      fieldProblem('invalid', now === undefined ? 'advance' : 'now', 'leads beyond the year 9999.'),
    );
  } else if (Math.floor(target_ms / 1000) < Math.floor(now_ms / 1000)) {
    problems.push(problem('clock_goes_forward', { now: formatTime(now_ms) }));
  }
  return { problems, target_ms };
}
