/**
 * What stands around every page of one organization: its name, how it is, and the way to the other
 * pages. Who validates sees no organizations as such, but the details that are validated.
 */
import './organization.css';
import { Anchor, Group, Text } from '@mantine/core';
import type { Permission, ResponseOf } from '@orgvet/contract';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { useOperation } from '../../operations.ts';
import { displayNameOf } from '../../organization-name.ts';
import { Answer } from '../../parts/answer.tsx';
import { NothingHere } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';

export type Organization = ResponseOf<'getOrganization'>;

/** What whoever looks may see of an organization. */
export interface SeenOrganization {
  readonly id: number;
  readonly details: ResponseOf<'listRequirements'>['details'];
  /** Left out for who may not view organizations. */
  readonly organization?: Organization;
}

const TABS = {
  overview: { path: '', permission: 'view_requirements' },
  contacts: { path: '/contacts', permission: 'view_organizations' },
  orders: { path: '/orders', permission: 'view_orders' },
  history: { path: '/history', permission: 'view_requirements' },
} as const satisfies Record<string, { readonly path: string; readonly permission: Permission }>;

type Tab = keyof typeof TABS;

interface FrameProps {
  readonly tab: Tab;
  /** What can be done with it, beside its name. */
  actions?(organization: Organization): ReactNode;
  children(seen: SeenOrganization): ReactNode;
}

export function OrganizationFrame(props: FrameProps) {
  const { organization_id = '' } = useParams();
  const maySee = usePermissions()('view_organizations');
  if (!/^[1-9]\d{0,14}$/.test(organization_id)) {
    return <NothingHere />;
  }
  const id = Number(organization_id);
  return maySee ? <Seen {...props} id={id} /> : <Validated {...props} id={id} />;
}

function Seen({ id, ...props }: FrameProps & { readonly id: number }) {
  const query = useOperation('getOrganization', { params: { organization_id: id } });
  return (
    <Answer query={query}>
      {(organization) => <Framed {...props} seen={{ id, details: organization, organization }} />}
    </Answer>
  );
}

function Validated({ id, ...props }: FrameProps & { readonly id: number }) {
  const query = useOperation('listRequirements', { params: { organization_id: id }, query: {} });
  return (
    <Answer query={query}>{({ details }) => <Framed {...props} seen={{ id, details }} />}</Answer>
  );
}

function Framed({
  tab,
  seen,
  actions,
  children,
}: FrameProps & { readonly seen: SeenOrganization }) {
  const { organization: texts } = useTexts();
  const { organization } = seen;
  return (
    <Page
      title={displayNameOf(seen.details)}
      actions={organization && actions?.(organization)}
      above={
        organization && (
          <Anchor component={Link} href="/organizations" size="sm">
            ← {texts.back}
          </Anchor>
        )
      }
    >
      <Group gap="sm">
        {organization && (
          <StatusChip tone={organization.is_active ? 'good' : 'off'}>
            {organization.is_active ? texts.active : texts.inactive}
          </StatusChip>
        )}
        <Text size="sm" className="quiet">
          {texts.id(seen.id)}
        </Text>
      </Group>
      <Tabs id={seen.id} current={tab} />
      {children(seen)}
    </Page>
  );
}

function Tabs({ id, current }: { readonly id: number; readonly current: Tab }) {
  const { organization: texts } = useTexts();
  const isPermitted = usePermissions();
  const tabs = (Object.keys(TABS) as Tab[]).filter((tab) => isPermitted(TABS[tab].permission));
  return (
    <nav className="organization-tabs" aria-label={texts.sections}>
      {tabs.map((tab) => (
        <Link
          key={tab}
          href={`/organizations/${id}${TABS[tab].path}`}
          {...(tab === current && { 'aria-current': 'page' as const })}
        >
          {texts.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
