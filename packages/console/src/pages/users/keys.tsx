/** The API keys of a user, in short; what is done with them is done on their own page. */
import { Anchor, Text } from '@mantine/core';
import { KEY_RESTRICTIONS } from '@orgvet/contract';
import { Link } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Day } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import { KeyStatus } from '../keys/key-status.tsx';
import { nameOf, type User } from './user.tsx';

export function Keys({ user }: { readonly user: User }) {
  const { users: texts } = useTexts();
  const query = useOperation('listApiKeys', { query: { user_id: user.id } });
  return (
    <section className="panel" aria-labelledby="keys">
      <h2 id="keys">{texts.keys}</h2>
      <Answer query={query}>
        {({ api_keys }) =>
          api_keys.length === 0 ? (
            <Text size="sm" className="quiet">
              {texts.no_keys}
            </Text>
          ) : (
            <DataTable
              caption={texts.keys_caption(nameOf(user))}
              columns={[
                { key: 'name', label: texts.key_columns.name, render: ({ name }) => name },
                {
                  key: 'status',
                  label: texts.key_columns.status,
                  render: ({ status }) => <KeyStatus status={status} />,
                },
                {
                  key: 'restriction',
                  label: texts.key_columns.restriction,
                  render: ({ restricted_to_role_id }) =>
                    KEY_RESTRICTIONS.find(({ id }) => id === restricted_to_role_id)?.name,
                },
                {
                  key: 'used',
                  label: texts.key_columns.used,
                  render: ({ last_used_date }) =>
                    last_used_date === undefined ? texts.never : <Day time={last_used_date} />,
                },
              ]}
              rows={api_keys}
              keyOf={({ id }) => id}
            />
          )
        }
      </Answer>
      <Anchor component={Link} href={`/keys?user=${user.id}`} size="sm" mt="sm" display="block">
        {texts.manage_keys}
      </Anchor>
    </section>
  );
}
