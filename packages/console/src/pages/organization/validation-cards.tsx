/** How an organization stands by each type that it was submitted for. */
import { Anchor, Group } from '@mantine/core';
import { VALIDATION_TYPE_NAMES, VALIDATION_TYPES } from '@orgvet/contract';
import { Link } from 'wouter';
import { Day } from '../../parts/moment.tsx';
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { BundleButton } from './bundle-button.tsx';
import { Fact } from './details.tsx';
import type { SeenOrganization } from './frame.tsx';
import type { TypeRequirements } from './overview.tsx';

interface OfSeen {
  readonly seen: SeenOrganization;
}

export function ValidationCards({
  seen,
  types,
}: OfSeen & { readonly types: readonly TypeRequirements[] }) {
  const { organization, words } = useTexts();
  const texts = organization.validations;
  const submitted = types.map(({ type }) => type);
  const others = VALIDATION_TYPE_NAMES.filter((type) => !submitted.includes(type));
  return (
    <section aria-labelledby="validations-heading">
      <h2 id="validations-heading" className="organization-section">
        {texts.title}
      </h2>
      <div className="organization-cards">
        {types.map((type) => (
          <ValidationCard key={type.type} seen={seen} type={type} />
        ))}
      </div>
      <p className="hint">
        {types.length === 0
          ? texts.none
          : others.length > 0 &&
            `${texts.not_submitted}: ${others.map((type) => words.validation_types[type]).join(', ')}`}
      </p>
    </section>
  );
}

type State = keyof typeof TONES;

const TONES = {
  none: 'off',
  pending: 'waiting',
  active: 'good',
  expired: 'ended',
  rejected: 'ended',
} as const satisfies Record<string, Tone>;

/** What was rejected and serves no more is neither pending nor expired to whoever asked for it. */
function stateOf({ status, work }: TypeRequirements): State {
  return work === 'rejected' && status !== 'active' ? 'rejected' : status;
}

function ValidationCard({ seen, type }: OfSeen & { readonly type: TypeRequirements }) {
  const { organization, words } = useTexts();
  const texts = organization.validations;
  const maySeeWork = usePermissions()('view_vetting');
  const state = stateOf(type);
  const name = words.validation_types[type.type];
  return (
    <article className="organization-card" aria-labelledby={`card-${type.type}`}>
      <div className="organization-card-head">
        <h3 id={`card-${type.type}`}>{name}</h3>
        <StatusChip tone={TONES[state]}>{texts.states[state]}</StatusChip>
      </div>
      <p className="quiet">{VALIDATION_TYPES.find((one) => one.type === type.type)?.description}</p>
      {type.work === 'open' && <Progress type={type} />}
      <Dates type={type} />
      <Group gap="md">
        <Anchor
          component={Link}
          href={`/organizations/${seen.id}/validations/${type.type}`}
          size="sm"
        >
          {texts.details(name)}
        </Anchor>
        {maySeeWork && type.date_created !== undefined && (
          <BundleButton organization_id={seen.id} type={type.type} />
        )}
      </Group>
    </article>
  );
}

function Progress({ type: { met, total } }: { readonly type: TypeRequirements }) {
  const { organization } = useTexts();
  return (
    <div>
      <p>{organization.validations.checks(met, total)}</p>
      <div className="organization-progress" aria-hidden="true">
        <div style={{ width: `${total === 0 ? 0 : (100 * met) / total}%` }} />
      </div>
    </div>
  );
}

function Dates({ type }: { readonly type: TypeRequirements }) {
  const { organization } = useTexts();
  const texts = organization.validations;
  const { status, date_created, validated_until, would_serve_until, requested_at } = type;
  const { opened_because, next_actor, assigned_to } = type;
  const end = status === 'active' ? texts.validated_until : texts.ended_on;
  return (
    <dl className="facts">
      {validated_until && (
        <Fact label={end}>
          <Day time={validated_until} />
        </Fact>
      )}
      {date_created && (
        <Fact label={texts.validated_on}>
          <Day time={date_created} />
        </Fact>
      )}
      {requested_at && (
        <Fact label={texts.requested_at}>
          <Day time={requested_at} />
        </Fact>
      )}
      {opened_because && opened_because !== 'request' && (
        <Fact label={texts.open_because}>
          {Object.entries<string>(texts.because).find(([code]) => code === opened_because)?.[1] ??
            opened_because}
        </Fact>
      )}
      {would_serve_until && type.work === 'open' && (
        <Fact label={texts.would_serve_until}>
          <Day time={would_serve_until} />
        </Fact>
      )}
      {next_actor && <Fact label={texts.next_actor}>{texts.actors[next_actor]}</Fact>}
      {assigned_to && <Fact label={texts.assigned_to}>{assigned_to.name}</Fact>}
    </dl>
  );
}
