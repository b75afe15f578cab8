/** The addresses that requests may come from: rules of the whole account, found at its top division. */

import { Button, Group, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { type DialogState, useDialogState } from '../../dialog-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Day } from '../../parts/moment.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { AddIpRule, DeleteIpRule } from './ip-rule-dialogs.tsx';
import type { Division } from './tree.ts';

export type IpRule = ResponseOf<'listIpRules'>['ip_rules'][number];

export function IpRules({ division: { id: container_id } }: { readonly division: Division }) {
  const { divisions: texts } = useTexts();
  const canManage = usePermissions()('manage_ip_access');
  const dialog = useDialogState();
  const query = useOperation('listIpRules', { params: { container_id } });
  const about = query.data?.ip_rules.find(({ id }) => id === dialog.about_id);
  return (
    <Panel title={texts.ip_rules}>
      <Text size="sm" mb="sm">
        {texts.ip_rules_about}
      </Text>
      <Answer query={query}>
        {({ ip_rules }) =>
          ip_rules.length === 0 ? (
            <Text size="sm" className="quiet">
              {texts.no_ip_rules}
            </Text>
          ) : (
            <DataTable
              caption={texts.ip_caption}
              columns={listColumns(texts, canManage ? dialog : undefined)}
              rows={ip_rules}
              keyOf={({ id }) => id}
            />
          )
        }
      </Answer>
      {canManage && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="add-ip-rule" label={texts.add_ip_rule} />
        </Group>
      )}
      {canManage && dialog.isOpen('add-ip-rule') && (
        <AddIpRule container_id={container_id} onClose={dialog.close} />
      )}
      {canManage && about !== undefined && dialog.isOpen('delete-ip-rule') && (
        <DeleteIpRule container_id={container_id} rule={about} onClose={dialog.close} />
      )}
    </Panel>
  );
}

/** @param dialog where a rule is taken away; left out for who may only look */
function listColumns(texts: Texts['divisions'], dialog: DialogState | undefined): Column<IpRule>[] {
  const { ip_columns: columns } = texts;
  const shown: Column<IpRule>[] = [
    {
      key: 'addresses',
      label: columns.addresses,
      render: ({ ip_address, ip_address_end }) => texts.ip_range(ip_address, ip_address_end),
    },
    {
      key: 'for',
      label: columns.for,
      render: ({ user_id, api_key_id }) => {
        if (api_key_id !== undefined) {
          return texts.ip_for_key(api_key_id);
        }
        return user_id === 0 ? texts.ip_for_account : texts.user(String(user_id));
      },
    },
    {
      key: 'description',
      label: columns.description,
      render: ({ description }) => description,
    },
    {
      key: 'created',
      label: columns.created,
      render: ({ date_created }) => <Day time={date_created} />,
    },
  ];
  return dialog === undefined ? shown : [...shown, listActions(texts, dialog)];
}

function listActions(texts: Texts['divisions'], dialog: DialogState): Column<IpRule> {
  return {
    key: 'actions',
    label: texts.ip_columns.actions,
    render: ({ id, ip_address, ip_address_end }) => (
      <Button
        variant="default"
        size="compact-xs"
        aria-label={texts.delete_ip_named(texts.ip_range(ip_address, ip_address_end))}
        onClick={() => dialog.open('delete-ip-rule', id)}
      >
        {texts.delete_ip_rule}
      </Button>
    ),
  };
}
