/** The part of the table of who may do what that is about signing in: see authorization-matrix.ts. */
import { type Row, row } from './authorization-rows.ts';

/** For people who are signed in, by no key: what they may is in sessions.test.ts and passwords.test.ts. */
const byNoKey = (path: string): Row =>
  row(
    path,
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  403  403  403',
  );

// Columns:          admin mgr  std  fin  lim  division  other  100  101  102  103  sib  par  sub  spec rev  aud
export const SIGN_IN_ROWS = {
  listUserSessions: row(
    '/access/v1/user/{user}/session',
    '                 200  200  403  403  403  200       404    403  403  200  200  404  404  404  403  403  403',
  ),
  endUserSessions: row(
    '/access/v1/user/{user}/session',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
  ),
  listUserIdentities: row(
    '/access/v1/user/{user}/identity',
    '                 200  200  403  403  403  200       404    403  403  200  200  404  404  404  403  403  403',
  ),
  removeUserIdentities: row(
    '/access/v1/user/{user}/identity',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
  ),
  inviteUser: row(
    '/access/v1/user/{user}/invitation',
    '                 201  201  403  403  403  201       404    403  403  403  201  404  404  404  403  403  403',
  ),
  listSessions: byNoKey('/access/v1/session/list'),
  endSession: byNoKey('/access/v1/session/1'),
  listCredentials: byNoKey('/access/v1/credentials'),
  setPassword: byNoKey('/access/v1/password'),
  startTotp: byNoKey('/access/v1/totp'),
  confirmTotp: byNoKey('/access/v1/totp'),
  removeTotp: byNoKey('/access/v1/totp'),
  startPasskey: byNoKey('/access/v1/passkey/options'),
  addPasskey: byNoKey('/access/v1/passkey'),
  removePasskey: byNoKey('/access/v1/passkey/1'),
};
