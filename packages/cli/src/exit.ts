/** How a command ends: with which code, and what is said on stderr. */
import { ApiError, ServerUnreachable } from '@orgvet/client/errors';
import { RequestRefused, SettingsError, StoreUnavailable } from '@orgvet/server/light';
import { UsageError } from './command.ts';

export const EXIT_DONE = 0;
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
/** Later the same command may do. */
const EXIT_UNREACHABLE = 3;

/** What a server answers that asks to try again, or what stands before it and does not reach it. */
export const UNREACHABLE_STATUSES: readonly number[] = [429, 502, 503, 504];

export interface Failure {
  readonly code: number;
  /** At least one; each problem of a refused request is one. */
  readonly messages: readonly string[];
  /** Whether the error tells of nothing but what the messages say. */
  readonly is_expected: boolean;
}

export function judgeFailure(error: unknown): Failure {
  if (error instanceof ApiError || error instanceof RequestRefused) {
    const isUnreachable = error instanceof ApiError && UNREACHABLE_STATUSES.includes(error.status);
    const messages = error.problems.map(({ code, message }) => `${code}: ${message}`);
    return {
      code: isUnreachable ? EXIT_UNREACHABLE : EXIT_FAILED,
      messages: messages.length > 0 ? messages : [error.message],
      is_expected: true,
    };
  }
  if (error instanceof UsageError || error instanceof SettingsError) {
    return { code: EXIT_USAGE, messages: [error.message], is_expected: true };
  }
  const isUnreachable = error instanceof ServerUnreachable || error instanceof StoreUnavailable;
  return {
    code: isUnreachable ? EXIT_UNREACHABLE : EXIT_FAILED,
    messages: [error instanceof Error ? error.message : String(error)],
    is_expected: false,
  };
}
