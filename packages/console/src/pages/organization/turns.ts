/** Whose turn it is in a validation that is being worked on. */
import type { TypeRequirements } from './overview.tsx';

type Check = TypeRequirements['checks'][number];

export type OpenCheck = Check & Required<Pick<Check, 'next'>>;

export interface Turn {
  readonly actor: OpenCheck['next']['actor'];
  /** Since when the first of the checks has waited. */
  readonly since: string;
  readonly checks: readonly OpenCheck[];
}

/** The open checks by who must act: whoever must act next comes first. */
export function groupByActor({ checks, next_actor }: TypeRequirements): Turn[] {
  const byActor = Map.groupBy(checks.filter(isOpen), ({ next }) => next.actor);
  const turns = [...byActor].map(([actor, of]) => ({
    actor,
    since: of.map(({ next }) => next.since).reduce((a, b) => (a < b ? a : b)),
    checks: of,
  }));
  return [
    ...turns.filter(({ actor }) => actor === next_actor),
    ...turns.filter(({ actor }) => actor !== next_actor),
  ];
}

function isOpen(check: Check): check is OpenCheck {
  return check.next !== undefined;
}
