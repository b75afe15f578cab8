/** The organizations that a division may order for. */

import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useDialogState } from '../../dialog-state.ts';
import { useChange } from '../../operations.ts';
import { AssignmentDialog } from '../../parts/assignment-dialog.tsx';
import { useOrganizationChoices } from '../../parts/choices.ts';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { DivisionStatus } from './columns.tsx';
import type { Division } from './tree.ts';

type Assigned = NonNullable<Division['organization_assignments']>[number];

export function AssignedOrganizations({ division }: { readonly division: Division }) {
  const { divisions: texts } = useTexts();
  const isPermitted = usePermissions();
  const dialog = useDialogState();
  const { name, organization_assignments: assigned = [] } = division;
  // Organizations are found by their list.
  const canAssign =
    isPermitted('manage_org_container_assignments') && isPermitted('view_organizations');
  return (
    <Panel title={texts.organizations} title_id="organizations">
      {assigned.length === 0 ? (
        <Text size="sm" className="quiet">
          {texts.no_organizations}
        </Text>
      ) : (
        <DataTable
          caption={texts.organizations_caption(name)}
          columns={listColumns(texts)}
          rows={assigned}
          keyOf={({ id }) => id}
        />
      )}
      {canAssign && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="organizations" label={texts.assign_organizations} />
        </Group>
      )}
      {canAssign && dialog.isOpen('organizations') && (
        <Assign division={division} onClose={dialog.close} />
      )}
    </Panel>
  );
}

function Assign({ division, onClose }: { readonly division: Division; onClose(): void }) {
  const { parts, divisions: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('assignOrganizations');
  const { id: container_id, name, organization_assignments: assigned = [] } = division;
  const save = (ids: readonly string[]) =>
    mutate(
      { params: { container_id }, body: { organization_id_assignments: [...ids] } },
      {
        onSuccess: () => {
          show(texts.saved);
          onClose();
        },
      },
    );
  return (
    <AssignmentDialog
      title={texts.assign_organizations}
      text={texts.assign_organizations_text(name)}
      label={texts.find_organization}
      empty={texts.no_organizations}
      assigned={assigned.map(({ id, display_name }) => ({
        id,
        label: parts.numbered_choice(display_name, id),
      }))}
      useChoices={useOrganizationChoices}
      isBusy={isPending}
      error={error}
      onSave={save}
      onClose={onClose}
    />
  );
}

function listColumns(texts: Texts['divisions']): Column<Assigned>[] {
  const { organization_columns: columns } = texts;
  return [
    {
      key: 'name',
      label: columns.name,
      render: ({ id, display_name }) => (
        <Anchor component={Link} href={`/organizations/${id}`} size="sm" fw={600}>
          {display_name}
        </Anchor>
      ),
    },
    { key: 'id', label: columns.id, render: ({ id }) => id },
    {
      key: 'status',
      label: columns.status,
      render: ({ status }) => <DivisionStatus isActive={status === 'active'} texts={texts} />,
    },
  ];
}
