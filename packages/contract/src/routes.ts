/**
 * The route table: every operation on the wire, once. The server binds it, the client's types and the
 * OpenAPI document come out of it.
 */
import type { Static, TSchema } from 'typebox';
import { ACCOUNT_ROUTES } from './routes/accounts.ts';
import { AUDIT_ROUTES } from './routes/audit.ts';
import { CONTAINER_ROUTES } from './routes/containers.ts';
import { CONTROL_ROUTES } from './routes/control.ts';
import { CREDENTIAL_ROUTES } from './routes/credentials.ts';
import { EVIDENCE_ROUTES } from './routes/evidence.ts';
import { ORDER_ROUTES } from './routes/orders.ts';
import { ORGANIZATION_ROUTES } from './routes/organizations.ts';
import { OVERVIEW_ROUTES } from './routes/overview.ts';
import { READING_ROUTES } from './routes/reading.ts';
import { SIGN_IN_ROUTES } from './routes/sign-in.ts';
import { API_KEY_ROUTES, USER_ROUTES } from './routes/users.ts';
import { VALIDATION_ROUTES } from './routes/validation.ts';
import { VETTING_ROUTES } from './routes/vetting.ts';

export type { GuardedRoute, OpenRoute, Route } from './route.ts';
export { BASE_PATH, type BasePath, fullPathOf } from './route-path.ts';

export const ROUTES = {
  ...ORGANIZATION_ROUTES,
  ...ORDER_ROUTES,
  ...CONTAINER_ROUTES,
  ...USER_ROUTES,
  ...API_KEY_ROUTES,
  ...ACCOUNT_ROUTES,
  ...VETTING_ROUTES,
  ...VALIDATION_ROUTES,
  ...EVIDENCE_ROUTES,
  ...AUDIT_ROUTES,
  ...READING_ROUTES,
  ...OVERVIEW_ROUTES,
  ...CONTROL_ROUTES,
  ...SIGN_IN_ROUTES,
  ...CREDENTIAL_ROUTES,
} as const;

export type Routes = typeof ROUTES;
export type OperationName = keyof Routes;

/** The operations of whoever asks. */
export type OpenOperationName = {
  [Name in OperationName]: Routes[Name] extends { access: 'open' } ? Name : never;
}[OperationName];

/** The operations of whoever has a key or is signed in. */
export type GuardedOperationName = Exclude<OperationName, OpenOperationName>;

type SchemaType<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** What an operation takes, by its name: only the parts that its route has. */
export type RequestOf<Name extends OperationName> = {
  [Part in Extract<keyof Routes[Name], 'params' | 'query' | 'body'>]: SchemaType<
    Routes[Name][Part]
  >;
};

/** What an operation answers, by its name; undefined where it answers 204. */
export type ResponseOf<Name extends OperationName> = Routes[Name]['success'] extends {
  schema: infer Schema;
}
  ? SchemaType<Schema>
  : undefined;
