/** The words of the wire without its schemas, for programs that name them before they send anything. */
export { ACCESS_ROLES } from './access-roles.ts';
export { ACCOUNT_TYPES } from './account-types.ts';
export { BASE_PATH } from './route-path.ts';
export { VALIDATION_TYPE_NAMES } from './validation-types.ts';
export { VETTING_ROLES } from './vetting-roles.ts';
