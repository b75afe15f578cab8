/** The types of accounts: by themselves, as a browser needs them without the schemas. */
export const ACCOUNT_TYPES = ['retail', 'enterprise', 'reseller'] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];
