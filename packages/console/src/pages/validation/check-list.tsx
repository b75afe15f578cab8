/** The checks of a type, each with how it stands: the way from one to the next. */
import { Title } from '@mantine/core';
import { flushSync } from 'react-dom';
import { Link, useLocation } from 'wouter';
import { useTexts } from '../../texts/index.ts';
import { CheckChip } from './check-chip.tsx';
import { type ChosenCheck, focusTitle, linkIdOf } from './selection.ts';
import type { Requirement } from './types.ts';

interface CheckListProps {
  readonly checks: readonly Requirement[];
  readonly chosen: ChosenCheck;
  /** Goes into the check that is chosen. */
  onEnter(): void;
}

export function CheckList({ checks, chosen, onEnter }: CheckListProps) {
  const { work: texts } = useTexts();
  const [, navigate] = useLocation();
  return (
    <nav className="panel work-checks" aria-label={texts.checks}>
      <Title order={2}>{texts.checks}</Title>
      <ul>
        {checks.map((check) => {
          const isChosen = check.check_id === chosen.check?.check_id;
          return (
            <li key={check.check_id}>
              <Link
                id={linkIdOf(check)}
                href={chosen.hrefOf(check)}
                className="work-check-link"
                {...(isChosen && { 'aria-current': 'true' as const })}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) {
                    return;
                  }
                  event.preventDefault();
                  if (isChosen) {
                    onEnter();
                    return;
                  }
                  flushSync(() => navigate(chosen.hrefOf(check)));
                  focusTitle();
                }}
              >
                <span>{check.title}</span>
                <CheckChip status={check.status} />
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
