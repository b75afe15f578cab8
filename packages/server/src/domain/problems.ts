/** How the core says no: an error that carries everything that is wrong with a request. */
import type { Problem } from '@orgvet/contract';

/** A request that cannot be done. Knows codes, not statuses: those are HTTP's. */
export class RequestRefused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(({ code }) => code).join(', '));
    this.name = 'RequestRefused';
    this.problems = problems;
  }
}

/** @throws RequestRefused if there is any problem */
export function refuseIfAny(problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new RequestRefused(problems);
  }
}
