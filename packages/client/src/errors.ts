/** How a call fails. Apart from the client: whoever only tells of it needs nothing of the contract. */
import type { Problem } from '@orgvet/contract';

/** The server said no: its status and every problem that it named. */
export class ApiError extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];
  /** In so many seconds the same request may be answered, where the server says so. */
  readonly retry_after_s: number | undefined;

  constructor(status: number, problems: readonly Problem[], retry_after_s?: number) {
    super(problems.map(({ message }) => message).join(' ') || `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.problems = problems;
    this.retry_after_s = retry_after_s;
  }
}

/** There was no answer, or not all of it. What was asked for may have been done all the same. */
export class ServerUnreachable extends Error {
  override readonly name = 'ServerUnreachable';

  constructor(base_url: string, cause: unknown) {
    super(`${base_url} cannot be reached: ${reasonOf(cause)}.`, { cause });
  }
}

/** What `fetch` failed for stands in the cause of what it throws, if anywhere. */
function reasonOf(error: unknown): string {
  const { message = '', code, cause } = error as Error & { readonly code?: string };
  return cause === undefined ? message || (code ?? 'no reason was given') : reasonOf(cause);
}
