/** Signing in on the wire: the session of a browser, and the sessions of a user. */
import { type Static, Type } from 'typebox';
import { ENROLMENT_NEEDS, SECOND_FACTORS } from './credentials.ts';
import { id, oneOf, optional, text, time } from './fields.ts';
import { VETTING_ROLES } from './vetting-roles.ts';

/** How far somebody has signed in, beginning with not at all. */
export const SESSION_STAGES = ['signed_out', 'second_factor', 'enrolment', 'full'] as const;

/** What a session was begun with. */
export const SIGN_IN_METHODS = ['link', 'password', 'openid'] as const;

/** Characters of a token: far more than any has. */
const TOKEN_MAX_LENGTH = 200;

export const CurrentSession = Type.Object({
  stage: oneOf(
    SESSION_STAGES,
    '`full`: signed in. `second_factor`: a second factor is still to be shown. `enrolment`: the ' +
      'user still has to choose how to sign in.',
  ),
  user: optional(
    Type.Object({
      id: id('User id.'),
      username: Type.String(),
      first_name: Type.String(),
      last_name: Type.String(),
      email: Type.String(),
    }),
  ),
  account: optional(
    Type.Object({
      id: id('Account id.'),
      name: Type.String(),
      mode: oneOf(['test', 'live'] as const, 'Whether it is there to try things.'),
    }),
  ),
  access_role_id: optional(Type.Integer({ description: 'Id of the role; with `full` only.' })),
  permissions: optional(
    Type.Array(Type.String(), { description: 'What the user may do now; with `full` only.' }),
  ),
  vetting_roles: optional(
    Type.Array(oneOf(VETTING_ROLES, 'A role.'), {
      description: 'What the user is appointed for and qualified now; with `full` only.',
    }),
  ),
  second_factors: optional(
    Type.Array(oneOf(SECOND_FACTORS, 'A second factor.'), {
      description: 'What the user can show beside the password; with `second_factor` only.',
    }),
  ),
  enrolment_needs: optional(
    Type.Array(oneOf(ENROLMENT_NEEDS, 'What is still to be chosen.'), {
      description: 'What the user still has to choose, in this order; with `enrolment` only.',
    }),
  ),
  now: optional(time('What the clock of the account shows.')),
  server_version: Type.String({ description: 'Version of Orgvet.' }),
  openid: optional(
    Type.Object(
      { name: Type.String({ description: 'Name of the provider, for people.' }) },
      { description: 'Where people can sign in through an OpenID provider.' },
    ),
  ),
});
export type CurrentSession = Static<typeof CurrentSession>;

export const LinkSignInRequest = Type.Object({
  token: text(TOKEN_MAX_LENGTH, 'The token of a link: what follows `#` in it.'),
});
export type LinkSignInRequest = Static<typeof LinkSignInRequest>;

export const SessionList = Type.Object({
  sessions: Type.Array(
    Type.Object({
      id: id('Session id.'),
      is_current: Type.Boolean({ description: 'Whether it is the one that asks.' }),
      method: oneOf(SIGN_IN_METHODS, 'What it was begun with.'),
      created_at: time('When it was begun.'),
      last_seen_at: time('When it was last used.'),
      expires_at: time('It ends then at the latest.'),
      ip_address: Type.String({ description: 'Where it was begun from.' }),
      user_agent: Type.String({ description: 'What the browser calls itself.' }),
    }),
  ),
});
export type SessionList = Static<typeof SessionList>;

export const UserIdentityList = Type.Object({
  identities: Type.Array(
    Type.Object({
      issuer: Type.String({ description: 'The provider.' }),
      subject: Type.String({ description: 'Whom the provider knows the user as.' }),
      linked_at: time('When the user first signed in so.'),
    }),
  ),
});
export type UserIdentityList = Static<typeof UserIdentityList>;
