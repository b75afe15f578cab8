/** Whose turn it is in a validation that is being worked on, on what, and since when. */
import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { Moment } from '../../parts/moment.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { TypeRequirements } from './overview.tsx';
import { groupByActor, type OpenCheck, type Turn } from './turns.ts';

/** Checks that are named; the others are counted. */
const NAMED_MAX = 4;

interface OfType {
  readonly organization_id: number;
  readonly type: TypeRequirements;
}

export function Turns({ organization_id, type }: OfType) {
  const { organization, words } = useTexts();
  const texts = organization.next;
  const turns = groupByActor(type);
  return (
    <>
      {turns.map((turn, index) => (
        <TurnOf key={turn.actor} turn={turn} isFirst={index === 0} type={type} />
      ))}
      <Anchor
        component={Link}
        href={`/organizations/${organization_id}/validations/${type.type}`}
        size="sm"
      >
        {texts.open_checks(words.validation_types[type.type])}
      </Anchor>
      {turns.some(({ actor }) => actor === 'verified_contact') && (
        <ToContacts organization_id={organization_id} />
      )}
    </>
  );
}

function ToContacts({ organization_id }: { readonly organization_id: number }) {
  const { organization: texts } = useTexts();
  if (!usePermissions()('view_organizations')) {
    return null;
  }
  return (
    <>
      {' · '}
      <Anchor component={Link} href={`/organizations/${organization_id}/contacts`} size="sm">
        {texts.next.to_contacts}
      </Anchor>
    </>
  );
}

function TurnOf({
  turn: { actor, since, checks },
  isFirst,
  type: { assigned_to },
}: {
  readonly turn: Turn;
  readonly isFirst: boolean;
  readonly type: TypeRequirements;
}) {
  const { organization } = useTexts();
  const texts = organization.next;
  const asks = usePermissions()('edit_organizations');
  const who = actor === 'applicant' && asks ? texts.you : texts.actors[actor];
  return (
    <>
      <p>
        {isFirst ? texts.first : texts.also}: <strong>{who}</strong>, {texts.since}{' '}
        <Moment time={since} />
        {actor === 'specialist' && assigned_to && <>, {texts.assigned_to(assigned_to.name)}</>}
      </p>
      {actor === 'applicant' || actor === 'verified_contact' ? (
        <Asked checks={checks} />
      ) : (
        <Named checks={checks} />
      )}
    </>
  );
}

interface Checks {
  readonly checks: readonly OpenCheck[];
}

/** What is asked of whoever may read it here: check by check, with what would do. */
function Asked({ checks }: Checks) {
  return (
    <div className="organization-asked">
      {checks.map(({ check_id, title, next }) => (
        <details key={check_id}>
          <summary>{title}</summary>
          <p>{next.what}</p>
        </details>
      ))}
    </div>
  );
}

/** The work of those who validate: the first of it by name. */
function Named({ checks }: Checks) {
  const { organization } = useTexts();
  const named = checks.slice(0, NAMED_MAX).map(({ title }) => title);
  const others = checks.length - named.length;
  return (
    <p className="hint">
      {[...named, ...(others > 0 ? [organization.next.more(others)] : [])].join(' · ')}
    </p>
  );
}
