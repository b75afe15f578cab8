/** Where a user is signed in, and the end of it: when somebody leaves, or a device is lost. */
import { Group, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useDialogState } from '../../dialog-state.ts';
import { useChange, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { Confirmation } from '../../parts/confirmation.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { useEditRights } from './roles.ts';
import { nameOf, type User } from './user.tsx';

type Session = ResponseOf<'listUserSessions'>['sessions'][number];

export function Sessions({ user }: { readonly user: User }) {
  const { users: texts } = useTexts();
  const dialog = useDialogState();
  const { canEdit } = useEditRights(user);
  const query = useOperation('listUserSessions', { params: { user_id: user.id } });
  return (
    <section className="panel" aria-labelledby="sessions">
      <h2 id="sessions">{texts.sessions}</h2>
      <Answer query={query}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <Text size="sm" className="quiet">
              {texts.no_sessions}
            </Text>
          ) : (
            <DataTable
              caption={texts.sessions_caption(nameOf(user))}
              columns={listColumns(texts)}
              rows={sessions}
              keyOf={({ id }) => id}
            />
          )
        }
      </Answer>
      {canEdit && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="end-sessions" label={texts.end_sessions} />
        </Group>
      )}
      {canEdit && dialog.isOpen('end-sessions') && (
        <EndSessions user={user} onClose={dialog.close} />
      )}
    </section>
  );
}

/** Links that sign in end too, so it is of use where nobody is signed in as well. */
function EndSessions({ user, onClose }: { readonly user: User; onClose(): void }) {
  const { users: texts } = useTexts();
  const show = useToast();
  const { isOwn } = useEditRights(user);
  const { mutate, error, isPending } = useChange('endUserSessions');
  const end = () =>
    mutate(
      { params: { user_id: user.id } },
      {
        onSuccess: () => {
          show(texts.sessions_ended);
          onClose();
        },
      },
    );
  const text = texts.end_sessions_text(nameOf(user));
  return (
    <Confirmation
      title={texts.end_sessions_title(nameOf(user))}
      text={isOwn ? `${text} ${texts.end_sessions_own}` : text}
      action={texts.end_sessions}
      isBusy={isPending}
      error={error}
      onConfirm={end}
      onClose={onClose}
    />
  );
}

function listColumns(texts: Texts['users']): Column<Session>[] {
  const { session_columns: columns } = texts;
  return [
    {
      key: 'begun',
      label: columns.begun,
      render: ({ created_at, is_current }) => (
        <>
          <Moment time={created_at} />
          {is_current && (
            <>
              {' '}
              <StatusChip tone="good">{texts.session_current}</StatusChip>
            </>
          )}
        </>
      ),
    },
    {
      key: 'seen',
      label: columns.seen,
      render: ({ last_seen_at }) => <Moment time={last_seen_at} />,
    },
    {
      key: 'method',
      label: columns.method,
      render: ({ method }) => texts.session_methods[method],
    },
    { key: 'address', label: columns.address, render: ({ ip_address }) => ip_address },
    { key: 'browser', label: columns.browser, render: ({ user_agent }) => user_agent },
  ];
}
