/** The subjects of certificates over HTTP: by type, by the profile, and to whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CertificateSubject, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { startServer } from './harness.ts';
import { makeSubaccount } from './makers.ts';
import { orderingOf } from './ordering.ts';
import { appointSpecialist } from './vetting.ts';

const server = await startServer();
const { makeOrganization } = orderingOf(server);
const specialist = await appointSpecialist(server);

const pathOf = (id: number, query: string) => `/vetting/v1/organization/${id}/subject${query}`;

async function read(id: number, type: string): Promise<CertificateSubject> {
  const answer = await server.send('GET', pathOf(id, `?type=${type}`));
  assert.equal(answer.status, 200, answer.text);
  const subject = answer.json<CertificateSubject>();
  assert.ok(Value.Check(ROUTES.getCertificateSubject.success.schema, subject), answer.text);
  return subject;
}

async function changeProfile(id: number, body: object): Promise<void> {
  const path = `/vetting/v1/organization/${id}/profile`;
  const answer = await server.send('PUT', path, { key: specialist.key, body });
  assert.equal(answer.status, 204, answer.text);
}

const textOf = ({ members }: CertificateSubject) =>
  members.map(({ label, value }) => `${label}=${value}`).join(', ');

test('the details make the subject, the state by its full name', async () => {
  const id = await makeOrganization({ name: 'Acme Inc', assumed_name: 'Acme' });
  const subject = await read(id, 'ov');
  assert.equal(subject.type, 'ov');
  assert.equal(textOf(subject), 'C=US, ST=Minnesota, L=Minneapolis, O=Acme (Acme Inc)');
  assert.equal(
    textOf(await read(id, 'cs')),
    'C=US, ST=Minnesota, L=Minneapolis, O=Acme, CN=Acme Inc',
  );
});

test('what the profile knows is in the subject of a type that has it', async () => {
  const id = await makeOrganization({ name: 'Acme Inc', assumed_name: '' });
  const profile = {
    entity_class: 'private_organization',
    jurisdiction_country: 'us',
    jurisdiction_state: 'DE',
    registration_number: '1234567',
  };
  await changeProfile(id, profile);
  assert.equal(
    textOf(await read(id, 'ev')),
    'C=US, ST=Minnesota, L=Minneapolis, O=Acme Inc, businessCategory=Private Organization, ' +
      'jurisdictionC=US, jurisdictionST=Delaware, serialNumber=1234567',
  );
  assert.equal(textOf(await read(id, 'ov')), 'C=US, ST=Minnesota, L=Minneapolis, O=Acme Inc');
});

test('a member that is too long says so, with its bound', async () => {
  const id = await makeOrganization({ name: 'N'.repeat(40), assumed_name: 'A'.repeat(21) });
  await changeProfile(id, { latin_name: 'L'.repeat(41) });
  const nameIn = async (type: string) => {
    const { members } = await read(id, type);
    const name = members.find(({ attribute }) => attribute === 'organizationName');
    return [name?.value.length, name?.length_max, name?.is_too_long];
  };
  assert.deepEqual(await nameIn('ov'), [64, 64, false]);
  assert.deepEqual(await nameIn('ev'), [65, 64, true]);
});

test('the type must be given, and be one', async () => {
  const id = await makeOrganization();
  for (const [query, code] of [
    ['', 'missing_type'],
    ['?type=dv', 'invalid_type'],
    ['?type=ov&kind=x', 'unknown_parameter|kind'],
  ] as const) {
    const answer = await server.send('GET', pathOf(id, query));
    assert.deepEqual([answer.status, answer.codes()], [400, [code]]);
  }
});

test("another account's organization has no subject, as one that is not there", async () => {
  const id = await makeOrganization();
  const { key } = await makeSubaccount({ server, key: server.administrator }, 'Beside Ltd');
  const foreign = await server.send('GET', pathOf(id, '?type=ov'), { key });
  const missing = await server.send('GET', pathOf(999_999_999, '?type=ov'));
  assert.deepEqual([foreign.status, foreign.text], [404, missing.text]);
});
