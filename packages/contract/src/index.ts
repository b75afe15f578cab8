/** The contract's public face. */
export * from './container.ts';
export * from './errors.ts';
export * from './openapi.ts';
export * from './organization.ts';
export * from './page.ts';
export * from './read.ts';
export * from './routes.ts';
export * from './user.ts';
export * from './validation-types.ts';
