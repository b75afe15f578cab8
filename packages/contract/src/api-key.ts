/** API keys on the wire. The key itself is shown once, when it is made. */
import { type Static, Type } from 'typebox';
import { id, oneOf, optional, text, time } from './fields.ts';

const restriction = Type.Integer({
  minimum: 0,
  maximum: 103,
  description:
    'What the key is restricted to, of what its user may do: 0 nothing, 100 orders, 101 orders, ' +
    'domains and organizations, 102 view only, 103 user management.',
});

export const ApiKey = Type.Object({
  id: id('Key id.'),
  user: Type.Object({
    id: id('User id.'),
    first_name: Type.String(),
    last_name: Type.String(),
  }),
  status: oneOf(['active', 'revoked'] as const, 'Key status.'),
  create_date: time('When the key was made.'),
  last_used_date: optional(time('When the key was last used; left out before the first use.')),
  name: Type.String(),
  is_legacy: Type.Boolean(),
  restricted_to_role_id: restriction,
});
export type ApiKey = Static<typeof ApiKey>;

export const ApiKeyList = Type.Object({ api_keys: Type.Array(ApiKey) });
export type ApiKeyList = Static<typeof ApiKeyList>;

export const ApiKeyListQuery = Type.Object({
  user_id: optional(id('Only keys of this user.')),
});
export type ApiKeyListQuery = Static<typeof ApiKeyListQuery>;

export const ApiKeyRequest = Type.Object({
  name: text(255, 'Name of the key.'),
  restricted_to_role_id: optional(restriction),
});
export type ApiKeyRequest = Static<typeof ApiKeyRequest>;

export const ApiKeyCreated = Type.Object({
  id: id('Key id.'),
  api_key: Type.String({ description: 'The key; shown this once.' }),
});
export type ApiKeyCreated = Static<typeof ApiKeyCreated>;

export const ApiKeyStatusRequest = Type.Object({
  status: oneOf(['active', 'revoked'] as const, 'The status from now on.'),
});
export type ApiKeyStatusRequest = Static<typeof ApiKeyStatusRequest>;
