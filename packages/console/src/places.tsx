/**
 * Every page: its URL, who may see it, and where it stands in the navigation. The first that somebody
 * may see is where they begin.
 */
import type { Permission } from '@orgvet/contract';
import { type ComponentType, lazy } from 'react';
import type { Texts } from './texts/texts.ts';

export interface Place {
  readonly path: string;
  /** Only for who may do this; the server decides again. */
  readonly permission: Permission;
  /** Only in test accounts. */
  readonly isForTests?: true;
  /** Where it stands in the navigation; others are reached from pages. */
  readonly section?: keyof Texts['shell']['sections'];
  readonly label?: keyof Texts['shell']['pages'];
  readonly Page: ComponentType;
}

/**
 * In the order of the navigation, section by section, and before what others begin with: who validates
 * begins at the queue. A path that others begin like stands behind them.
 */
export const PLACES: readonly Place[] = [
  {
    path: '/my-sign-in',
    permission: 'view_own_access',
    Page: lazyPage(async () => (await import('./pages/my-sign-in/my-sign-in.tsx')).MySignInPage),
  },
  {
    path: '/organizations',
    permission: 'view_organizations',
    section: 'certificates',
    label: 'organizations',
    Page: lazyPage(async () => (await import('./pages/organizations/list.tsx')).OrganizationsPage),
  },
  {
    path: '/organizations/new',
    permission: 'create_organizations',
    Page: lazyPage(
      async () => (await import('./pages/organization-form/new-page.tsx')).NewOrganizationPage,
    ),
  },
  {
    path: '/organizations/:organization_id/edit',
    permission: 'edit_organizations',
    Page: lazyPage(
      async () => (await import('./pages/organization-form/edit-page.tsx')).EditOrganizationPage,
    ),
  },
  {
    path: '/organizations/:organization_id',
    // Who validates sees how they stand too, and no more of them.
    permission: 'view_requirements',
    Page: lazyPage(async () => (await import('./pages/organization/overview.tsx')).OverviewPage),
  },
  {
    path: '/organizations/:organization_id/contacts',
    permission: 'view_organizations',
    Page: lazyPage(async () => (await import('./pages/organization/contacts.tsx')).ContactsPage),
  },
  {
    path: '/organizations/:organization_id/orders',
    permission: 'view_requirements',
    Page: lazyPage(async () => (await import('./pages/organization/orders.tsx')).OrdersPage),
  },
  {
    path: '/organizations/:organization_id/history',
    permission: 'view_requirements',
    Page: lazyPage(async () => (await import('./pages/organization/history.tsx')).HistoryPage),
  },
  {
    path: '/organizations/:organization_id/validations/:validation_type',
    permission: 'view_requirements',
    Page: lazyPage(async () => (await import('./pages/validation/page.tsx')).ValidationPage),
  },
  {
    path: '/queue',
    permission: 'view_vetting',
    section: 'validation',
    label: 'queue',
    Page: lazyPage(async () => (await import('./pages/queue/list.tsx')).QueuePage),
  },
  {
    path: '/expiring',
    permission: 'view_requirements',
    section: 'certificates',
    label: 'expiring',
    Page: lazyPage(async () => (await import('./pages/expiring/page.tsx')).ExpiringPage),
  },
  {
    path: '/rules',
    permission: 'view_requirements',
    section: 'validation',
    label: 'rules',
    Page: lazyPage(async () => (await import('./pages/rules/list.tsx')).RulesPage),
  },
  {
    path: '/rules/:pack_id',
    permission: 'view_requirements',
    Page: lazyPage(async () => (await import('./pages/rules/pack.tsx')).RulePackPage),
  },
  {
    path: '/divisions',
    permission: 'view_container',
    section: 'account',
    label: 'divisions',
    Page: lazyPage(async () => (await import('./pages/divisions/list.tsx')).DivisionsPage),
  },
  {
    path: '/divisions/:container_id',
    permission: 'view_container',
    Page: lazyPage(async () => (await import('./pages/divisions/division.tsx')).DivisionPage),
  },
  {
    path: '/users',
    permission: 'view_users',
    section: 'account',
    label: 'users',
    Page: lazyPage(async () => (await import('./pages/users/list.tsx')).UsersPage),
  },
  {
    path: '/users/new',
    permission: 'create_users',
    Page: lazyPage(async () => (await import('./pages/users/new.tsx')).NewUserPage),
  },
  {
    path: '/users/:user_id',
    permission: 'view_users',
    Page: lazyPage(async () => (await import('./pages/users/user.tsx')).UserPage),
  },
  {
    path: '/keys',
    permission: 'view_api_access',
    section: 'account',
    label: 'keys',
    Page: lazyPage(async () => (await import('./pages/keys/page.tsx')).KeysPage),
  },
  {
    path: '/subaccounts',
    permission: 'view_child_account',
    section: 'account',
    label: 'subaccounts',
    Page: lazyPage(async () => (await import('./pages/subaccounts/list.tsx')).SubaccountsPage),
  },
  {
    path: '/subaccounts/new',
    permission: 'manage_child_account',
    Page: lazyPage(async () => (await import('./pages/subaccounts/new.tsx')).NewSubaccountPage),
  },
  {
    path: '/subaccounts/:subaccount_id',
    permission: 'view_child_account',
    Page: lazyPage(async () => (await import('./pages/subaccounts/subaccount.tsx')).SubaccountPage),
  },
  {
    path: '/settings',
    permission: 'view_settings',
    section: 'account',
    label: 'settings',
    Page: lazyPage(async () => (await import('./pages/settings/page.tsx')).SettingsPage),
  },
  {
    path: '/audit-log',
    permission: 'view_audit_log',
    section: 'account',
    label: 'audit_log',
    Page: lazyPage(async () => (await import('./pages/audit-log/page.tsx')).AuditLogPage),
  },
  {
    path: '/inbox',
    permission: 'view_mail',
    isForTests: true,
    section: 'test',
    label: 'inbox',
    Page: lazyPage(async () => (await import('./pages/inbox/page.tsx')).InboxPage),
  },
  {
    path: '/clock',
    permission: 'view_test_account',
    isForTests: true,
    section: 'test',
    label: 'clock',
    Page: lazyPage(async () => (await import('./pages/clock/page.tsx')).ClockPage),
  },
  {
    path: '/system',
    permission: 'view_system',
    section: 'settings',
    label: 'system',
    Page: lazyPage(async () => (await import('./pages/system/page.tsx')).SystemPage),
  },
];

/** A page that is fetched when somebody goes there. */
function lazyPage(load: () => Promise<ComponentType>): ComponentType {
  return lazy(async () => ({ default: await load() }));
}
