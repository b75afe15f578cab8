/** Everything about one division: details, what is below it, what and who is assigned to it. */

import { Anchor, Group, Text } from '@mantine/core';
import { Link, useParams } from 'wouter';
import { useDialogState } from '../../dialog-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { ActiveDialog } from './active-dialog.tsx';
import { AssignedOrganizations } from './assigned-organizations.tsx';
import { AssignedUsers } from './assigned-users.tsx';
import { DivisionStatus } from './columns.tsx';
import { DivisionForm, EditDivision } from './division-form.tsx';
import { IpRules } from './ip-rules.tsx';
import { type Division, listBelow } from './tree.ts';

export function DivisionPage() {
  const { divisions: texts } = useTexts();
  const container_id = Number(useParams<{ container_id: string }>().container_id);
  const query = useOperation('getContainer', { params: { container_id } });
  return (
    <Page
      title={query.data?.name ?? texts.title}
      above={
        <Anchor component={Link} href="/divisions" size="sm">
          {texts.back}
        </Anchor>
      }
    >
      <Answer query={query}>{(division) => <Sections division={division} />}</Answer>
    </Page>
  );
}

function Sections({ division }: { readonly division: Division }) {
  const isPermitted = usePermissions();
  const { data } = useOperation('listContainers', {});
  const divisions = data?.containers ?? [];
  return (
    <>
      <Details division={division} divisions={divisions} />
      <Children division={division} divisions={divisions} />
      <AssignedOrganizations division={division} />
      {isPermitted('view_users') && <AssignedUsers division={division} />}
      {division.parent_id === 0 && isPermitted('view_ip_access') && <IpRules division={division} />}
    </>
  );
}

interface AmongProps {
  readonly division: Division;
  readonly divisions: readonly Division[];
}

function Details({ division, divisions }: AmongProps) {
  const { divisions: texts } = useTexts();
  const { allowed_domain_names = [], description, parent_id } = division;
  const parent = divisions.find(({ id }) => id === parent_id);
  return (
    <Panel title={texts.details}>
      <dl className="facts">
        <dt>{texts.status}</dt>
        <dd>
          <DivisionStatus isActive={division.is_active} texts={texts} />
        </dd>
        <dt>{texts.id}</dt>
        <dd>{division.id}</dd>
        <dt>{texts.parent}</dt>
        <dd>
          {parent === undefined ? (
            texts.root
          ) : (
            <Anchor component={Link} href={`/divisions/${parent.id}`} size="sm">
              {parent.name}
            </Anchor>
          )}
        </dd>
        <dt>{texts.description}</dt>
        <dd>{description ?? <span className="quiet">{texts.not_given}</span>}</dd>
        <dt>{texts.domains}</dt>
        <dd>
          {allowed_domain_names.length === 0 ? texts.no_domains : allowed_domain_names.join(', ')}
        </dd>
      </dl>
      <Actions division={division} divisions={divisions} />
    </Panel>
  );
}

function Actions({ division, divisions }: AmongProps) {
  const { divisions: texts } = useTexts();
  const isPermitted = usePermissions();
  const dialog = useDialogState();
  if (!isPermitted('edit_container')) {
    return null;
  }
  const { is_active, parent_id } = division;
  return (
    <Group gap="xs" mt="md">
      <OpenButton dialog={dialog} name="edit" label={texts.edit} />
      {is_active && parent_id !== 0 && (
        <OpenButton dialog={dialog} name="active" label={texts.deactivate} />
      )}
      {!is_active && <OpenButton dialog={dialog} name="active" label={texts.activate} />}
      {dialog.isOpen('edit') && <EditDivision division={division} onClose={dialog.close} />}
      {dialog.isOpen('active') && (
        <ActiveDialog
          division={division}
          below={listBelow(divisions, division.id)}
          onClose={dialog.close}
        />
      )}
    </Group>
  );
}

function Children({ division, divisions }: AmongProps) {
  const { divisions: texts } = useTexts();
  const isPermitted = usePermissions();
  const dialog = useDialogState();
  const children = divisions.filter(({ parent_id }) => parent_id === division.id);
  return (
    <Panel title={texts.children}>
      {children.length === 0 ? (
        <Text size="sm" className="quiet">
          {texts.no_children}
        </Text>
      ) : (
        <ul className="plain">
          {children.map((child) => (
            <li key={child.id}>
              <Anchor component={Link} href={`/divisions/${child.id}`} size="sm" fw={600}>
                {child.name}
              </Anchor>{' '}
              <DivisionStatus isActive={child.is_active} texts={texts} />
            </li>
          ))}
        </ul>
      )}
      {isPermitted('create_containers') && division.is_active && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="new" label={texts.create} />
        </Group>
      )}
      {isPermitted('create_containers') && dialog.isOpen('new') && (
        <DivisionForm parent={division} onClose={dialog.close} />
      )}
    </Panel>
  );
}
