/** Whom identity providers know a user as, and the end of it: when it is the wrong one, or no longer. */
import { Group, Text, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useDialogState } from '../../dialog-state.ts';
import { useChange, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { Confirmation } from '../../parts/confirmation.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { useEditRights } from './roles.ts';
import { nameOf, type User } from './user.tsx';

type Identity = ResponseOf<'listUserIdentities'>['identities'][number];

export function Identities({ user }: { readonly user: User }) {
  const query = useOperation('listUserIdentities', { params: { user_id: user.id } });
  return (
    <Answer query={query}>
      {({ identities }) =>
        identities.length === 0 ? <NoIdentity /> : <Linked user={user} identities={identities} />
      }
    </Answer>
  );
}

/** Nothing to say of it where there is no provider to sign in through. */
function NoIdentity() {
  const { users: texts } = useTexts();
  const { openid } = useSession();
  return (
    openid && (
      <Text size="sm" className="quiet" mt="md">
        {texts.no_identity(openid.name)}
      </Text>
    )
  );
}

interface LinkedProps {
  readonly user: User;
  readonly identities: readonly Identity[];
}

function Linked({ user, identities }: LinkedProps) {
  const { users: texts } = useTexts();
  const dialog = useDialogState();
  const { canEdit } = useEditRights(user);
  return (
    <>
      <Title order={3} size="sm" mt="lg" mb="xs">
        {texts.identities}
      </Title>
      <DataTable
        caption={texts.identities_caption(nameOf(user))}
        columns={listColumns(texts)}
        rows={identities}
        keyOf={({ issuer, subject }) => `${issuer} ${subject}`}
      />
      {canEdit && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="remove-identities" label={texts.remove_identities} />
        </Group>
      )}
      {canEdit && dialog.isOpen('remove-identities') && (
        <RemoveIdentities user={user} identities={identities} onClose={dialog.close} />
      )}
    </>
  );
}

function RemoveIdentities({
  user,
  identities,
  onClose,
}: LinkedProps & {
  onClose(): void;
}) {
  const { language, users: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('removeUserIdentities');
  const subjects = new Intl.ListFormat(language).format(identities.map(({ subject }) => subject));
  const remove = () =>
    mutate(
      { params: { user_id: user.id } },
      {
        onSuccess: () => {
          show(texts.identities_removed);
          onClose();
        },
      },
    );
  return (
    <Confirmation
      title={texts.remove_identities_title(nameOf(user))}
      text={texts.remove_identities_text(nameOf(user), subjects, user.email)}
      action={texts.remove_identities}
      isBusy={isPending}
      error={error}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}

function listColumns({ identity_columns: columns }: Texts['users']): Column<Identity>[] {
  return [
    { key: 'issuer', label: columns.issuer, render: ({ issuer }) => issuer },
    { key: 'subject', label: columns.subject, render: ({ subject }) => subject },
    {
      key: 'linked',
      label: columns.linked,
      render: ({ linked_at }) => <Moment time={linked_at} />,
    },
  ];
}
