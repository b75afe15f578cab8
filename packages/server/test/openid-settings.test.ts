/** The settings of a provider: what each may be, what they need of each other, and that no secret is repeated. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServeSettings, SettingsError } from '../src/settings.ts';

const SECRET = 'not to be repeated';

function parse(options: Readonly<Record<string, string>>, secret = '') {
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  return parseServeSettings(args, { ORGVET_OPENID_CLIENT_SECRET: secret }).openid;
}

const COMPLETE = { 'openid-issuer': 'https://login.example.com', 'openid-client-id': 'orgvet' };

test('without anything there is no provider', () => {
  assert.equal(parse({}), undefined);
});

test('a provider is called by its host unless it is given a name, and may have no secret', () => {
  const issuer = 'https://login.example.com/';
  assert.deepEqual(parse(COMPLETE), { issuer, client_id: 'orgvet', name: 'login.example.com' });
  assert.deepEqual(parse({ ...COMPLETE, 'openid-name': 'Work' }, SECRET), {
    issuer,
    client_id: 'orgvet',
    client_secret: SECRET,
    name: 'Work',
  });
});

test('half of it is refused, and so is a provider that anybody could listen in on', () => {
  for (const options of [
    { 'openid-issuer': COMPLETE['openid-issuer'] },
    { 'openid-client-id': 'orgvet' },
    { 'openid-name': 'Work' },
    { ...COMPLETE, 'openid-issuer': 'http://login.example.com' },
    { ...COMPLETE, 'openid-issuer': 'https://user:password@login.example.com' },
    { ...COMPLETE, 'openid-issuer': 'https://login.example.com/?realm=1' },
    { ...COMPLETE, 'openid-issuer': 'login.example.com' },
    { ...COMPLETE, 'openid-name': 'x'.repeat(41) },
  ]) {
    assert.throws(
      () => parse(options, SECRET),
      (error) => error instanceof SettingsError && !error.message.includes(SECRET),
    );
  }
  assert.equal(parse({ ...COMPLETE, 'openid-issuer': 'http://[::1]:3000' })?.name, '[::1]');
});
