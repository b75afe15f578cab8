/** The roles that users have: by themselves, as a browser needs them without the schemas. */

/** The roles of the vendor's template 6, by their ids. */
export const ACCESS_ROLES = [
  { id: 1, name: 'Administrator' },
  { id: 2, name: 'Limited User' },
  { id: 3, name: 'Finance Manager' },
  { id: 4, name: 'Manager' },
  { id: 5, name: 'Standard User' },
] as const;
