/** Whom a request is of, whatever it came by: the user, and the settings of the account that it needs. */

export interface Holder {
  readonly user_id: number;
  readonly access_role_id: number;
  readonly container_id: number;
  readonly mode: 'test' | 'live';
  readonly duplicate_policy: 'error' | 'reuse';
  readonly primary_organization_id: number;
  readonly has_container_assignments: number;
  readonly has_appointments: number;
  readonly has_ip_rules: number;
  readonly clock_offset_ms: number;
}

/** The columns of all that, but for the user's id: users as `u`, accounts as `a`. */
export const HOLDER_COLUMNS = [
  'u.access_role_id',
  'u.container_id',
  'a.mode',
  'a.duplicate_policy',
  'a.primary_organization_id',
  'u.has_container_assignments',
  'u.has_appointments',
  'a.has_ip_rules',
  'a.clock_offset_ms',
] as const;
