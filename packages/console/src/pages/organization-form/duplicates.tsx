/** Organizations that are there already, shown while somebody types one that may be among them. */
import { Anchor } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { useOperation } from '../../operations.ts';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import { type Details, planDuplicateCheck } from './draft.ts';

export type Match = ResponseOf<'checkDuplicates'>['matches'][number];

/** After the last key; the answer is read, not waited for. */
const TYPING_PAUSE_MS = 300;

/** Less of a name is in too many others. */
const NAME_LENGTH_MIN = 3;

const NO_MATCHES: readonly Match[] = [];

interface DuplicateSearch {
  readonly matches: readonly Match[];
  /** Whether there was enough to look for, and it was looked for. */
  readonly isDone: boolean;
}

/** @param isEnabled whether to look; not while the very organization is being created */
export function useDuplicates(details: Details, isEnabled: boolean): DuplicateSearch {
  const [body] = useDebouncedValue(JSON.stringify(planDuplicateCheck(details)), TYPING_PAUSE_MS);
  const request = { body: JSON.parse(body) as ReturnType<typeof planDuplicateCheck> };
  const isEnough = request.body.name.trim().length >= NAME_LENGTH_MIN;
  const { data, error } = useOperation('checkDuplicates', request, {
    enabled: isEnabled && isEnough,
    keepsPrevious: true,
  });
  // What is too long for a name is nobody's name, and the field says so itself.
  const isDone = isEnough && error === null && data !== undefined;
  return { matches: isDone ? data.matches : NO_MATCHES, isDone };
}

export function Duplicates({ search }: { readonly search: DuplicateSearch }) {
  const { organization_form: texts } = useTexts();
  const { matches, isDone } = search;
  return (
    <section className="panel duplicates" aria-labelledby="duplicates-heading">
      <h2 id="duplicates-heading">{texts.duplicates}</h2>
      <p className="quiet" role="status">
        {describeSearch(search, texts)}
      </p>
      {isDone && matches.length > 0 && (
        <ul>
          {matches.map((match) => (
            <MatchItem key={match.id} match={match} />
          ))}
        </ul>
      )}
    </section>
  );
}

function describeSearch(
  { matches, isDone }: DuplicateSearch,
  texts: ReturnType<typeof useTexts>['organization_form'],
): string {
  if (!isDone) {
    return texts.duplicates_later;
  }
  if (matches.length === 0) {
    return texts.duplicates_none;
  }
  return matches.some(({ is_exact }) => is_exact)
    ? texts.duplicates_exact
    : texts.duplicates_found(matches.length);
}

function MatchItem({ match }: { readonly match: Match }) {
  const { organization_form: texts } = useTexts();
  const { id, name, assumed_name, city, country, status, is_exact } = match;
  const title = name === undefined ? texts.organization_of(id) : texts.named(name, assumed_name);
  return (
    <li>
      <div>
        <strong>{title}</strong>
        {name !== undefined && (
          <div className="quiet">
            {[city, country].filter(Boolean).join(', ')} · {texts.id_of(id)}
          </div>
        )}
        <div className="match-states">
          {is_exact && <StatusChip tone="waiting">{texts.is_exact}</StatusChip>}
          {status === 'inactive' && <StatusChip tone="off">{texts.inactive}</StatusChip>}
        </div>
      </div>
      {/* One that is not for them to see leads nowhere. */}
      {name !== undefined && (
        <Anchor
          component={Link}
          href={`/organizations/${id}`}
          size="sm"
          className="open"
          aria-label={texts.open_named(title)}
        >
          {texts.open}
        </Anchor>
      )}
    </li>
  );
}
