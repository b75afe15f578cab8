/** What people who validate are appointed as: by itself, as the command line needs it without the schemas. */
export const VETTING_ROLES = ['specialist', 'reviewer', 'auditor'] as const;
export type VettingRole = (typeof VETTING_ROLES)[number];
