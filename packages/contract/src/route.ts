/** One operation on the wire: what the route table is made of. */
import { type TObject, type TSchema, Type } from 'typebox';
import type { ErrorCode } from './errors.ts';
import { id, oneOf } from './fields.ts';
import type { Permission } from './permissions.ts';
import type { BasePath } from './route-path.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

/** What every operation has. */
interface RouteParts {
  /** `/services/v2` where it is left out. */
  readonly base_path?: BasePath;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  /** Another path that clients use for the same. */
  readonly alias?: `/${string}`;
  readonly tag:
    | 'Organizations'
    | 'Orders'
    | 'Containers'
    | 'Users'
    | 'API keys'
    | 'Accounts'
    | 'Vetting'
    | 'Evidence'
    | 'Audit'
    | 'Test accounts'
    | 'Sign-in';
  readonly summary: string;
  readonly description: string;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  /** Takes a file instead of JSON, of at most so many bytes. */
  readonly file_max_bytes?: number;
  readonly success: {
    readonly status: 200 | 201 | 204;
    readonly schema?: TSchema;
    /** Answers bytes instead of JSON: of this type, or of the one that the answer names. */
    readonly media_type?: string;
  };
  /** The file that the answer is as CSV, where it is to be had so. */
  readonly csv?: `${string}.csv`;
  /** The file that the answer is, where it comes as lines of JSON: the schema is that of a line. */
  readonly json_lines?: `${string}.jsonl`;
  /** Fixed codes that this operation can answer with, beside those every operation has. */
  readonly errors: readonly ErrorCode[];
}

/** An operation of whoever has a key or is signed in. */
export interface GuardedRoute extends RouteParts {
  /**
   * `session`: only of whoever is signed in, never by a key. `enrolment`: as well of who still chooses how
   * to sign in.
   */
  readonly access?: 'session' | 'enrolment';
  /** What they must be permitted. */
  readonly permission: Permission;
}

/** An operation of whoever asks, also before anybody is known: signing in. */
export interface OpenRoute extends RouteParts {
  readonly access: 'open';
}

export type Route = GuardedRoute | OpenRoute;

export const OrganizationParams = Type.Object({ organization_id: id('Organization id.') });
export const ContainerParams = Type.Object({ container_id: id('Container id.') });
export const UserParams = Type.Object({ user_id: id('User id.') });
export const ApiKeyParams = Type.Object({ key_id: id('Key id.') });
export const SubaccountParams = Type.Object({ subaccount_id: id('Account id of the subaccount.') });
export const OrderParams = Type.Object({ order_id: id('Order id.') });
export const ProductParams = Type.Object({
  product_name_id: Type.String({ description: 'Identifier of the product, as `ssl_plus`.' }),
});
export const VerifiedContactParams = Type.Object({
  organization_id: id('Organization id.'),
  verified_contact_id: id('Verified contact id.'),
});
export const EvidenceParams = Type.Object({
  organization_id: id('Organization id.'),
  evidence_id: id('Evidence id.'),
});
export const FileParams = Type.Object({
  organization_id: id('Organization id.'),
  digest: Type.String({ description: 'SHA-256 of the file, in hexadecimal.' }),
});
export const CountryParams = Type.Object({
  country: Type.String({ description: 'ISO 3166-1 alpha-2, in any case.' }),
});
export const SourceParams = Type.Object({ source_id: id('Source id.') });
export const RulePackParams = Type.Object({
  pack_id: Type.String({ description: 'Identifier of the rule pack, as `tls-br`.' }),
});
export const CheckParams = Type.Object({
  organization_id: id('Organization id.'),
  validation_type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
  check_id: Type.String({ description: 'Check of the rules, as `identity`.' }),
});
export const OrganizationValidationParams = Type.Object({
  organization_id: id('Organization id.'),
  validation_type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
});
