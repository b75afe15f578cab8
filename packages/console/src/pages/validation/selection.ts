/** The check that is chosen: the one in the address, or the first that waits. */
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useLocation, useSearchParams } from 'wouter';
import { pathOf, type Requirement, type TypeRequirements } from './types.ts';

export interface ChosenCheck {
  /** Undefined only where a type has no checks at all. */
  readonly check: Requirement | undefined;
  hrefOf(check: Requirement): string;
  /** Goes to the check so many below, in the list; at an end it stays there. */
  move(by: number): void;
}

export const CHECK_TITLE_ID = 'check-title';

/** Takes whoever reads on to the check that is chosen. */
export function focusTitle(): void {
  document.getElementById(CHECK_TITLE_ID)?.focus();
}

export function useChosenCheck({
  organization_id,
  type,
  checks,
}: TypeRequirements & { readonly organization_id: number }): ChosenCheck {
  const [params] = useSearchParams();
  const [, navigate] = useLocation();
  // What was first when the page was opened stays chosen, also when it does not wait any more.
  const [first] = useState(() => findFirst(checks)?.check_id);
  const find = (id: string | null | undefined) => checks.find(({ check_id }) => check_id === id);
  const check = find(params.get('check')) ?? find(first) ?? checks[0];
  const hrefOf = ({ check_id }: Requirement) =>
    `${pathOf({ organization_id, type })}?check=${check_id}`;
  return {
    check,
    hrefOf,
    move(by) {
      const index = (check === undefined ? 0 : checks.indexOf(check)) + by;
      const next = checks[Math.min(Math.max(0, index), checks.length - 1)];
      if (next !== undefined) {
        // At once, so that what is chosen is there to take the focus.
        flushSync(() => navigate(hrefOf(next), { replace: true }));
        document.getElementById(linkIdOf(next))?.focus();
      }
    },
  };
}

export function linkIdOf({ check_id }: Requirement): string {
  return `check-${check_id}`;
}

/** What a specialist or a reviewer would do next; else the first of all. */
function findFirst(checks: readonly Requirement[]): Requirement | undefined {
  return (
    checks.find(({ next }) => next?.actor === 'specialist' || next?.actor === 'reviewer') ??
    checks.find(({ next }) => next !== undefined) ??
    checks[0]
  );
}
