/** What the list of keys shows of each, and what can be done with it. */
import { Anchor, Button, Group } from '@mantine/core';
import { KEY_RESTRICTIONS } from '@orgvet/contract';
import { Link } from 'wouter';
import type { DialogState } from '../../dialog-state.ts';
import type { Column } from '../../parts/data-table.tsx';
import { Day } from '../../parts/moment.tsx';
import type { Texts } from '../../texts/texts.ts';
import { type ApiKey, KeyStatus } from './key-status.tsx';
import { userOf } from './selection.ts';

/** @param dialog where changes are asked for; left out for who may only look */
export function listKeyColumns(
  texts: Texts['keys'],
  dialog: DialogState | undefined,
): Column<ApiKey>[] {
  const { columns } = texts;
  const shown: Column<ApiKey>[] = [
    { key: 'name', label: columns.name, sort: 'name', render: ({ name }) => name },
    {
      key: 'user',
      label: columns.user,
      sort: 'user',
      render: (key) => (
        <Anchor component={Link} href={`/users/${key.user.id}`} size="sm">
          {userOf(key)}
        </Anchor>
      ),
    },
    {
      key: 'status',
      label: columns.status,
      sort: 'status',
      render: ({ status }) => <KeyStatus status={status} />,
    },
    {
      key: 'restriction',
      label: columns.restriction,
      render: ({ restricted_to_role_id }) =>
        KEY_RESTRICTIONS.find(({ id }) => id === restricted_to_role_id)?.name,
    },
    {
      key: 'created',
      label: columns.created,
      sort: 'created',
      render: ({ create_date }) => <Day time={create_date} />,
    },
    {
      key: 'used',
      label: columns.used,
      sort: 'used',
      render: ({ last_used_date }) =>
        last_used_date === undefined ? texts.never : <Day time={last_used_date} />,
    },
  ];
  return dialog === undefined ? shown : [...shown, listActions(texts, dialog)];
}

function listActions(texts: Texts['keys'], dialog: DialogState): Column<ApiKey> {
  return {
    key: 'actions',
    label: texts.columns.actions,
    render: ({ id, name, status }) => (
      <Group gap="xs" wrap="nowrap">
        <Button
          variant="default"
          size="compact-xs"
          aria-label={texts.edit_named(name)}
          onClick={() => dialog.open('edit', id)}
        >
          {texts.edit}
        </Button>
        {status === 'active' ? (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={texts.revoke_named(name)}
            onClick={() => dialog.open('revoke', id)}
          >
            {texts.revoke}
          </Button>
        ) : (
          <Button
            variant="default"
            size="compact-xs"
            aria-label={texts.restore_named(name)}
            onClick={() => dialog.open('restore', id)}
          >
            {texts.restore}
          </Button>
        )}
      </Group>
    ),
  };
}
