/** What a verified contact was asked, by which mail, and the answer. */
import { Stack } from '@mantine/core';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import type { VerifiedContact } from './verified-contact.tsx';

type Confirmation = VerifiedContact['confirmations'][number];
type Mail = Confirmation['mails'][number];

const TONES: Readonly<Record<Confirmation['status'], Tone>> = {
  pending: 'waiting',
  confirmed: 'good',
  declined: 'ended',
  expired: 'ended',
};

export function Requests({
  name,
  confirmations,
}: {
  readonly name: string;
  readonly confirmations: readonly Confirmation[];
}) {
  const texts = useTexts();
  return (
    <DataTable
      caption={texts.organization_contacts.requests(name)}
      columns={listColumns(texts)}
      rows={confirmations}
      keyOf={({ id }) => id}
    />
  );
}

function listColumns({ organization_contacts: texts, words }: Texts): Column<Confirmation>[] {
  const { columns } = texts;
  return [
    {
      key: 'types',
      label: columns.types,
      render: ({ validation_types }) =>
        validation_types.map((type) => words.validation_types[type]).join(', '),
    },
    {
      key: 'requested_at',
      label: columns.requested_at,
      render: ({ requested_at }) => <Moment time={requested_at} />,
    },
    {
      key: 'status',
      label: columns.status,
      render: (confirmation) => <Answered confirmation={confirmation} />,
    },
    {
      key: 'mails',
      label: columns.mails,
      render: ({ mails }) => (
        <Stack gap={2}>
          {mails.map((mail) => (
            <Sending key={mail.id} mail={mail} />
          ))}
        </Stack>
      ),
    },
  ];
}

function Answered({
  confirmation: { status, answered_at, expires_at, reason, is_approved },
}: {
  readonly confirmation: Confirmation;
}) {
  const { organization_contacts: texts } = useTexts();
  return (
    <Stack gap={2} align="start">
      <StatusChip tone={TONES[status]}>{texts.answers[status]}</StatusChip>
      {answered_at && (
        <span className="quiet">
          {texts.answered_at} <Moment time={answered_at} />
        </span>
      )}
      {status === 'pending' && (
        <span className="quiet">
          {texts.expires_at} <Moment time={expires_at} />
        </span>
      )}
      {is_approved && status !== 'confirmed' && (
        <span className="quiet">{texts.approved_by_other}</span>
      )}
      {reason && <span>{reason}</span>}
    </Stack>
  );
}

/** What became of a mail; what mail servers said of it on a closer look. */
function Sending({ mail: { status, attempts } }: { readonly mail: Mail }) {
  const { organization_contacts: texts } = useTexts();
  if (attempts.length === 0) {
    return texts.mails[status];
  }
  return (
    <details className="organization-mails">
      <summary>{texts.mails[status]}</summary>
      <ul className="organization-attempts">
        {attempts.map(({ attempted_at, outcome, response }) => (
          <li key={attempted_at}>
            <Moment time={attempted_at} />: {texts.attempts[outcome]} {response}
          </li>
        ))}
      </ul>
    </details>
  );
}
