/**
 * Who may do what: the one table of permissions, by the role of a user, by what a user is appointed for,
 * and by the restriction of a key, and the one function that decides. Knows nothing of whose objects are
 * whose.
 *
 * A key inherits what its user may do, and its restriction only ever takes away (Create API key,
 * `restricted_to_role_id`).
 */
import { isReading, type Permission, VETTING_ROLES, type VettingRole } from '@orgvet/contract';

/** The ids of the roles (List roles). */
export const ROLES = {
  administrator: 1,
  limited_user: 2,
  finance_manager: 3,
  manager: 4,
  standard_user: 5,
} as const;

/** The ids of what keys are restricted to. */
export const RESTRICTIONS = {
  none: 0,
  orders: 100,
  orders_domains_organizations: 101,
  view_only: 102,
  user_management: 103,
} as const;

/** What a permission is about, which is what keys are restricted by. */
type Area = 'orders' | 'domains and organizations' | 'users' | 'own access' | 'all else';

interface Grant {
  /** The roles that have the permission. */
  readonly roles: readonly number[];
  /** Those who validate and so have it whatever their role is, unless they administer organizations. */
  readonly appointed?: readonly VettingRole[];
  readonly area: Area;
  /** The page of the vendor's documentation that says so, or Orgvet's own reading. */
  readonly source: string;
}

/** The restrictions under which a key keeps what its user has of an area; view only is apart. */
const RESTRICTIONS_BY_AREA: Readonly<Record<Area, readonly number[]>> = {
  orders: [RESTRICTIONS.orders, RESTRICTIONS.orders_domains_organizations],
  'domains and organizations': [RESTRICTIONS.orders_domains_organizations],
  users: [RESTRICTIONS.user_management],
  'own access': Object.values(RESTRICTIONS),
  'all else': [],
};

const { administrator, finance_manager, manager, standard_user } = ROLES;
const EVERYBODY = Object.values(ROLES);
const ADMINISTRATOR = [administrator];
const MANAGERS = [administrator, manager];
const FINANCE = [administrator, finance_manager, manager];
const ORDERERS = [administrator, finance_manager, manager, standard_user];

/** "Administrator: full, divisions and users included." */
const FULL = 'Roles: an administrator has full access';
const ORGANIZATIONS_PAGE =
  'Organizations page: not open to standard users, finance managers and limited users';
const DEACTIVATION = 'Deactivate an organization: administrators only';
const MANAGER_USERS = 'Roles: a manager views and edits users';
const MANAGER_DOMAINS = 'Roles: a manager approves requests, orders and domains';
const ORDERING = 'Roles: all place and see orders, a limited user only the own ones';
const ORDER_MANAGEMENT = 'Roles: a limited user has only the own orders';
const APPROVAL = 'Roles: administrators and managers approve; orders of others need approval';
const MONEY = 'Roles: administrators, finance managers and managers see to finances';
const OWN = 'Orgvet: everybody finds out who they are and where they may do what';
const OWN_SIGN_IN = 'Orgvet: everybody sees to the own sessions, and to how they sign in';
const TEST_ACCOUNTS = 'Orgvet: whoever decides outcomes and reads links may do everything';
const VETTING = 'Orgvet: whoever is appointed validates, and nobody the own organizations';
const STANDING =
  'Orgvet: how a validation stands is for those who asked for it, and for those who work on it';
const COMPARISON =
  'Orgvet: whom other rules would concern is for those who see how validations stand';
const SYSTEM = 'Orgvet: the machine is the business of an account that is below no other';
const DIVISIONS = 'Orgvet: who orders sees the divisions to order for';

/** Every permission, each with its source. */
export const GRANTS: Readonly<Record<Permission, Grant>> = {
  view_own_access: grant(EVERYBODY, 'own access', OWN),
  // No restriction of a key leaves it: it is only for those who are signed in.
  manage_own_access: grant(EVERYBODY, 'all else', OWN_SIGN_IN),

  view_organizations: grant(MANAGERS, 'domains and organizations', ORGANIZATIONS_PAGE),
  create_organizations: grant(MANAGERS, 'domains and organizations', ORGANIZATIONS_PAGE),
  edit_organizations: grant(MANAGERS, 'domains and organizations', ORGANIZATIONS_PAGE),
  activate_organizations: grant(ADMINISTRATOR, 'domains and organizations', DEACTIVATION),
  delete_organizations: grant(ADMINISTRATOR, 'domains and organizations', DEACTIVATION),
  view_domains: grant(MANAGERS, 'domains and organizations', MANAGER_DOMAINS),
  add_domains: grant(MANAGERS, 'domains and organizations', MANAGER_DOMAINS),
  create_domains: grant(MANAGERS, 'domains and organizations', MANAGER_DOMAINS),
  edit_domains: grant(MANAGERS, 'domains and organizations', MANAGER_DOMAINS),

  view_orders: grant(EVERYBODY, 'orders', ORDERING),
  place_orders: grant(EVERYBODY, 'orders', ORDERING),
  manage_orders: grant(ORDERERS, 'orders', ORDER_MANAGEMENT),
  create_longer_validity_order: grant(ORDERERS, 'orders', ORDER_MANAGEMENT),
  manage_requests: grant(MANAGERS, 'orders', APPROVAL),
  review_requests: grant(MANAGERS, 'orders', APPROVAL),
  approve_revoke_requests: grant(MANAGERS, 'orders', APPROVAL),
  manage_order_user_access: grant(MANAGERS, 'orders', APPROVAL),

  view_container: grant(EVERYBODY, 'orders', DIVISIONS),
  create_containers: grant(ADMINISTRATOR, 'all else', FULL),
  edit_container: grant(ADMINISTRATOR, 'all else', FULL),
  manage_org_container_assignments: grant(ADMINISTRATOR, 'all else', FULL),
  manage_user_container_assignments: grant(ADMINISTRATOR, 'users', FULL),

  view_users: grant(MANAGERS, 'users', MANAGER_USERS),
  create_users: grant(MANAGERS, 'users', MANAGER_USERS),
  edit_users: grant(MANAGERS, 'users', MANAGER_USERS),
  edit_admins: grant(ADMINISTRATOR, 'users', FULL),
  manage_tfa: grant(ADMINISTRATOR, 'users', FULL),

  view_api_access: grant(ADMINISTRATOR, 'all else', FULL),
  manage_api_access: grant(ADMINISTRATOR, 'all else', FULL),
  create_api_keys: grant(ADMINISTRATOR, 'all else', FULL),
  view_ip_access: grant(ADMINISTRATOR, 'all else', FULL),
  manage_ip_access: grant(ADMINISTRATOR, 'all else', FULL),

  view_child_account: grant(ADMINISTRATOR, 'all else', FULL),
  manage_child_account: grant(ADMINISTRATOR, 'all else', FULL),
  create_child_retail: grant(ADMINISTRATOR, 'all else', FULL),
  create_child_enterprise: grant(ADMINISTRATOR, 'all else', FULL),
  create_child_reseller: grant(ADMINISTRATOR, 'all else', FULL),
  create_managed_accounts: grant(ADMINISTRATOR, 'all else', FULL),

  view_settings: grant(ADMINISTRATOR, 'all else', FULL),
  manage_settings: grant(ADMINISTRATOR, 'all else', FULL),
  view_mail: grant(ADMINISTRATOR, 'all else', TEST_ACCOUNTS),
  control_test_account: grant(ADMINISTRATOR, 'all else', TEST_ACCOUNTS),
  view_test_account: grant(ADMINISTRATOR, 'all else', TEST_ACCOUNTS),
  view_audit_log: { ...grant(ADMINISTRATOR, 'all else', FULL), appointed: ['auditor'] },

  work_validations: grantAppointed(['specialist']),
  review_validations: grantAppointed(['specialist', 'reviewer']),
  draw_samples: grantAppointed(['auditor']),
  view_vetting: grantAppointed(VETTING_ROLES),
  view_requirements: {
    ...grant(MANAGERS, 'domains and organizations', STANDING),
    appointed: VETTING_ROLES,
  },

  compare_rules: {
    ...grant(MANAGERS, 'domains and organizations', COMPARISON),
    appointed: VETTING_ROLES,
  },
  view_system: grant(ADMINISTRATOR, 'all else', SYSTEM),

  view_finances: grant(FINANCE, 'all else', MONEY),
  manage_finances: grant(FINANCE, 'all else', MONEY),
  view_reports: grant(FINANCE, 'all else', MONEY),

  // Of what the wire has a name for and Orgvet has nothing behind; recorded for an administrator.
  ...grantAll(
    [
      'manage_guest_keys',
      'create_guest_keys',
      'edit_guest_keys',
      'view_guest_keys',
      'saml_manage_idp',
      'saml_organization_mapping',
      'saml_attribute_mapping',
      'saml_map_idp',
      'saml_sso',
      'tools_links',
      'view_discovery_sensor',
      'create_discovery_sensor',
      'manage_discovery_sensor',
      'view_discovery_scan',
      'create_discovery_scan',
      'manage_discovery_scan',
      'view_discovery_report',
      'create_discovery_report',
      'manage_discovery_report',
      'start_monitoring_hardenize_hosts',
      'view_hardenize_results',
      'view_automation',
      'create_automation',
      'edit_automation',
      'view_agent',
      'create_agent',
      'edit_agent',
      'view_automation_profile',
      'create_automation_profile',
      'edit_automation_profile',
      'manage_report_library',
      'manage_webhook',
      'edit_auth_details',
    ],
    grant(ADMINISTRATOR, 'all else', FULL),
  ),
};

function grant(roles: readonly number[], area: Area, source: string): Grant {
  return { roles, area, source };
}

function grantAppointed(appointed: readonly VettingRole[]): Grant {
  return { ...grant([], 'all else', VETTING), appointed };
}

function grantAll<const Names extends readonly Permission[]>(
  names: Names,
  one: Grant,
): Record<Names[number], Grant> {
  return Object.fromEntries(names.map((name) => [name, one])) as Record<Names[number], Grant>;
}

/** What of somebody decides what they may do. */
export interface Holder {
  readonly access_role_id: number;
  readonly restricted_to_role_id: number;
  /** What they are appointed for at the moment, if it is of interest. */
  readonly vetting_roles?: readonly VettingRole[];
}

/**
 * Whether somebody has a permission: by the role or by an appointment, and then what the key's restriction
 * leaves of it.
 */
export function isPermitted(holder: Holder, permission: Permission): boolean {
  const { roles, area } = GRANTS[permission];
  const { access_role_id, restricted_to_role_id } = holder;
  const isUnrestricted = restricted_to_role_id === RESTRICTIONS.none;
  const isLooking = restricted_to_role_id === RESTRICTIONS.view_only && isReading(permission);
  if (isUnrestricted || isLooking) {
    return roles.includes(access_role_id) || isAppointed(holder, permission);
  }
  // Other restrictions are about what the vendor's roles do: of an appointment they leave nothing.
  return (
    roles.includes(access_role_id) && RESTRICTIONS_BY_AREA[area].includes(restricted_to_role_id)
  );
}

/** Whether somebody with a role may edit organizations, and so may not validate them. */
export function administersOrganizations({
  access_role_id,
}: Pick<Holder, 'access_role_id'>): boolean {
  return GRANTS.edit_organizations.roles.includes(access_role_id);
}

/** Nobody is appointed and administers; should it be so all the same, the appointment counts for nothing. */
function isAppointed({ vetting_roles = [], ...holder }: Holder, permission: Permission): boolean {
  const { appointed = [] } = GRANTS[permission];
  return (
    vetting_roles.some((role) => appointed.includes(role)) && !administersOrganizations(holder)
  );
}
