/** Where somebody is signed in, and the end of what they do not know. */
import { Button, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useChange, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { Panel } from './panel.tsx';

type Session = ResponseOf<'listSessions'>['sessions'][number];

export function SessionsPanel() {
  const { my_sign_in: texts } = useTexts();
  const sessions = useOperation('listSessions', {});
  const { mutate, error } = useChange('endSession');
  const show = useToast();
  const end = ({ id }: Session) =>
    mutate({ params: { session_id: id } }, { onSuccess: () => show(texts.session_ended) });
  return (
    <Panel title={texts.sessions}>
      <Text>{texts.sessions_text}</Text>
      <ErrorNotice error={error} />
      <Answer query={sessions}>
        {(data) => (
          <DataTable
            caption={texts.sessions_caption}
            columns={listColumns(texts, end)}
            rows={data.sessions}
            keyOf={({ id }) => id}
          />
        )}
      </Answer>
    </Panel>
  );
}

function listColumns(
  texts: Texts['my_sign_in'],
  end: (session: Session) => void,
): Column<Session>[] {
  return [
    {
      key: 'browser',
      label: texts.browser,
      render: ({ user_agent }) => <span title={user_agent}>{nameBrowser(user_agent)}</span>,
    },
    { key: 'address', label: texts.address, render: ({ ip_address }) => ip_address },
    {
      key: 'created_at',
      label: texts.begun,
      render: ({ created_at }) => <Moment time={created_at} />,
    },
    {
      key: 'last_seen_at',
      label: texts.last_seen,
      render: ({ last_seen_at }) => <Moment time={last_seen_at} />,
    },
    {
      key: 'expires_at',
      label: texts.ends,
      render: ({ expires_at }) => <Moment time={expires_at} />,
    },
    {
      key: 'actions',
      label: texts.actions,
      render: (session) =>
        session.is_current ? (
          <StatusChip tone="good">{texts.this_session}</StatusChip>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            aria-label={texts.end_session(nameBrowser(session.user_agent))}
            onClick={() => end(session)}
          >
            {texts.end}
          </Button>
        ),
    },
  ];
}

/** The names that browsers have of their own; the last that fits is the truest. */
const BROWSERS = ['Safari', 'Chrome', 'Edg', 'OPR', 'Firefox'] as const;

function nameBrowser(user_agent: string): string {
  const name = BROWSERS.findLast((one) => user_agent.includes(`${one}/`));
  const system = /\(([^;)]+)/.exec(user_agent)?.[1];
  return [name ?? user_agent.slice(0, 40), system].filter(Boolean).join(', ');
}
