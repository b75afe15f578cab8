/** What the lists of users show of each. */
import { Anchor } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import type { Column } from '../../parts/data-table.tsx';
import { Day } from '../../parts/moment.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import type { Texts } from '../../texts/texts.ts';

type UserItem = ResponseOf<'listUsers'>['users'][number];

/** @param language in which names are strung together */
export function listUserColumns(texts: Texts['users'], language: string): Column<UserItem>[] {
  const { columns } = texts;
  const names = new Intl.ListFormat(language, { type: 'unit' });
  return [
    {
      key: 'name',
      label: columns.name,
      sort: 'last_name,first_name',
      render: ({ id, first_name, last_name }) => (
        <Anchor component={Link} href={`/users/${id}`} size="sm" fw={600}>
          {first_name} {last_name}
        </Anchor>
      ),
    },
    {
      key: 'username',
      label: columns.username,
      sort: 'username',
      render: ({ username }) => username,
    },
    { key: 'email', label: columns.email, sort: 'email', render: ({ email }) => email },
    {
      key: 'role',
      label: columns.role,
      render: ({ access_roles }) => access_roles.map(({ name }) => name).join(', '),
    },
    {
      key: 'divisions',
      label: columns.divisions,
      render: ({ container_assignments = [] }) =>
        container_assignments.length === 0
          ? texts.all_divisions
          : names.format(container_assignments.map(({ name }) => name)),
    },
    {
      key: 'status',
      label: columns.status,
      sort: 'status',
      render: ({ status }) => <UserStatus status={status} texts={texts} />,
    },
    {
      key: 'last_login_date',
      label: columns.last_login,
      sort: 'last_login_date',
      render: ({ last_login_date }) =>
        last_login_date === undefined ? texts.never : <Day time={last_login_date} />,
    },
  ];
}

export function UserStatus({
  status,
  texts,
}: {
  readonly status: UserItem['status'];
  readonly texts: Texts['users'];
}) {
  return <StatusChip tone={status === 'active' ? 'good' : 'off'}>{texts[status]}</StatusChip>;
}
