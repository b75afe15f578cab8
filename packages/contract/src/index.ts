/** The contract's public face. */

export * from './account.ts';
export * from './account-settings.ts';
export * from './api-key.ts';
export * from './contact.ts';
export * from './container.ts';
export * from './control.ts';
export * from './errors.ts';
export * from './ip-rule.ts';
export * from './languages.ts';
export * from './list-query.ts';
export * from './openapi.ts';
export * from './order.ts';
export * from './organization.ts';
export * from './page.ts';
export * from './permissions.ts';
export * from './products.ts';
export * from './read.ts';
export * from './roles.ts';
export * from './routes.ts';
export * from './user.ts';
export * from './validation-types.ts';
export * from './verified-contact.ts';
