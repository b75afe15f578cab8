/**
 * What can be permitted, by the names that the wire has for it. Who is permitted what is the server's to
 * say (domain/permissions.ts); here are only the names.
 */

/** As "List authorizations" answers them, in the recorded order. */
export const WIRE_PERMISSIONS = [
  'create_containers',
  'view_container',
  'edit_container',
  'manage_guest_keys',
  'create_users',
  'edit_users',
  'view_users',
  'add_domains',
  'view_domains',
  'create_organizations',
  'view_organizations',
  'manage_orders',
  'place_orders',
  'manage_requests',
  'view_reports',
  'view_finances',
  'manage_api_access',
  'view_api_access',
  'manage_finances',
  'manage_tfa',
  'saml_manage_idp',
  'saml_organization_mapping',
  'saml_attribute_mapping',
  'saml_map_idp',
  'tools_links',
  'manage_ip_access',
  'manage_user_container_assignments',
  'manage_org_container_assignments',
  'manage_settings',
  'saml_sso',
  'view_orders',
  'manage_order_user_access',
  'review_requests',
  'create_domains',
  'edit_domains',
  'edit_organizations',
  'create_guest_keys',
  'edit_guest_keys',
  'view_guest_keys',
  'view_discovery_sensor',
  'create_discovery_sensor',
  'manage_discovery_sensor',
  'view_discovery_scan',
  'create_discovery_scan',
  'manage_discovery_scan',
  'view_discovery_report',
  'create_discovery_report',
  'manage_discovery_report',
  'create_child_retail',
  'create_child_enterprise',
  'create_child_reseller',
  'view_child_account',
  'manage_child_account',
  'start_monitoring_hardenize_hosts',
  'view_hardenize_results',
  'create_managed_accounts',
  'create_api_keys',
  'edit_admins',
  'view_automation',
  'create_automation',
  'edit_automation',
  'view_agent',
  'create_agent',
  'edit_agent',
  'view_automation_profile',
  'create_automation_profile',
  'edit_automation_profile',
  'create_longer_validity_order',
  'manage_report_library',
  'manage_webhook',
  'approve_revoke_requests',
  'edit_auth_details',
] as const;
export type WirePermission = (typeof WIRE_PERMISSIONS)[number];

/**
 * Permissions of Orgvet's own, for what the wire's names are too wide; "List authorizations" does not
 * show them.
 */
export const OWN_PERMISSIONS = [
  /** Any key that is accepted: what a client needs to find out who it is. */
  'view_own_access',
  /** What people who are signed in change for themselves: their sessions, and how they sign in. */
  'manage_own_access',
  /** Activating and deactivating, which is an administrator's alone. */
  'activate_organizations',
  'delete_organizations',
  /** The wire has a name only for changing these rules. */
  'view_ip_access',
  /** The wire has a name only for changing settings. */
  'view_settings',
  /** The inbox of a test account holds links that confirm. */
  'view_mail',
  'control_test_account',
  /** Its clock, and what becomes of its validations. */
  'view_test_account',
  /** The log tells of everything in the account. */
  'view_audit_log',
  /** How validations stand: for those who administer, and for those who validate. */
  'view_requirements',
  /** The queue, evidence and sources: for those who validate. */
  'view_vetting',
  /** Recording evidence, deciding and rejecting. */
  'work_validations',
  'review_validations',
  /** Choosing what is looked at once more. */
  'draw_samples',
  /** Finding out what other rules would do. */
  'compare_rules',
  /** How the server and the database stand. */
  'view_system',
] as const;

export const PERMISSIONS = [...WIRE_PERMISSIONS, ...OWN_PERMISSIONS] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The restrictions of keys, by their ids (Create API key, `restricted_to_role_id`). */
export const KEY_RESTRICTIONS = [
  { id: 0, name: 'None' },
  { id: 100, name: 'Orders' },
  { id: 101, name: 'Orders, Domains, Organizations' },
  { id: 102, name: 'View Only' },
  { id: 103, name: 'User Management' },
] as const;

/** Whether a permission only lets somebody look: the ones that are called so. */
export function isReading(permission: Permission): boolean {
  return permission.startsWith('view_');
}
