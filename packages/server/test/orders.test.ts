/** Orders over HTTP: what is kept of one, which organization it is for, and what becomes of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Organization, type OrganizationList, PRODUCTS, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { organizationBody, startServer } from './harness.ts';
import { CERTIFICATE, EV, nextOrganizationName, OV, orderingOf } from './ordering.ts';
import { ADA_ID, createHolder, listEvents, ROOT_ID } from './people.ts';

const server = await startServer();
const { send } = server;
const { order, place, show, showOrder, makeOrganization, changeStatus, listActions } =
  orderingOf(server);

const PERSON = { first_name: 'Jill', last_name: 'Valentine', email: 'jill.valentine@example.com' };
const CONTACT = { contact_type: 'organization_contact', ...PERSON };

/** The details of an organization that nobody has. */
function newDetails(changes: Record<string, unknown> = {}) {
  const { organization_contact: _, ...details } = organizationBody(changes);
  return { ...details, name: nextOrganizationName() };
}

const showOrganization = (id: number) => show<Organization>(`/organization/${id}`);

test('an order is answered with its id and its one request, which is approved', async () => {
  const organization = await makeOrganization();
  const created = await place(OV, organization);
  const { id } = created;
  assert.deepEqual(created, {
    id,
    requests: [{ id, status: 'approved' }],
    organization: { id: organization },
  });
});

test('order info shows what was ordered, for whom, where and by whom', async () => {
  const organization = await makeOrganization();
  const certificate = {
    common_name: 'Example.com',
    dns_names: ['sub.example.com', 'app.example.com'],
    csr: '-----BEGIN CERTIFICATE REQUEST-----\r\nMIIC\n-----END CERTIFICATE REQUEST-----\n',
    signature_hash: 'sha256',
    organization_units: ['Accounting department'],
    server_platform: { id: 45 },
  };
  const { id } = await place(OV, organization, {
    certificate,
    comments: 'Message for the approver',
    validity_years: 2,
    disable_renewal_notifications: true,
    payment_method: 'balance',
  });
  const { server_platform: _, ...kept } = certificate;
  const shown = await showOrder(id);
  assert.deepEqual(shown, {
    id,
    status: 'pending',
    is_renewal: false,
    is_renewed: false,
    date_created: '2026-11-21T12:00:00+00:00',
    disable_renewal_notifications: true,
    certificate: { ...kept, organization: { id: organization } },
    organization: {
      id: organization,
      name: shown.organization.name,
      display_name: `${shown.organization.name} (Epigyne Unwieldiness)`,
      is_active: true,
      city: 'Minneapolis',
      state: 'mn',
      country: 'US',
    },
    container: { id: ROOT_ID, name: shown.container.name },
    product: {
      name_id: 'ssl_plus',
      name: 'Standard SSL',
      type: 'ssl_certificate',
      validation_type: 'ov',
      validation_name: 'OV',
      validation_description: 'Normal Organization Validation',
    },
    organization_contact: {
      first_name: 'Gia',
      last_name: 'Booth',
      name: 'Gia Booth',
      email: 'gia.booth@inbox.com',
      job_title: 'Clinical Laboratory Technician',
      telephone: '666-186-6450',
      telephone_extension: '736',
    },
    user: {
      id: ADA_ID,
      first_name: 'Ada',
      last_name: 'Adler',
      email: 'ada.adler@example.com',
    },
    requests: [
      {
        id,
        status: 'approved',
        date: '2026-11-21T12:00:00+00:00',
        type: 'new_request',
        comments: 'Message for the approver',
      },
    ],
    validity_years: 2,
    product_name_id: 'ssl_plus',
  });
  assert.ok(Value.Check(ROUTES.getOrder.success.schema, shown));
});

test('every product is ordered for the validation that it needs', async () => {
  for (const { name_id, validation_type } of PRODUCTS) {
    const organization = await makeOrganization();
    const { id } = await place(name_id, organization);
    const shown = await showOrder(id);
    assert.ok(Value.Check(ROUTES.getOrder.success.schema, shown), name_id);
    assert.equal(shown.product.validation_type, validation_type);
    const { validations } = await showOrganization(organization);
    assert.deepEqual(
      validations?.map(({ type, status }) => ({ type, status })),
      [{ type: validation_type, status: 'pending' }],
    );
  }
});

test('a product that there is not is not found, whatever else is wrong', async () => {
  for (const product of ['ssl_dv', 'constructor', 'SSL_PLUS']) {
    const answer = await send('POST', `/order/certificate/${product}`, { body: {} });
    assert.equal(answer.status, 404, product);
    assert.deepEqual(answer.codes(), ['not_found|product']);
  }
});

test('an organization that was never submitted for the type is submitted, and counted as pending', async () => {
  const countPending = async () =>
    (await show<OrganizationList>('/organization?filters[validation]=pending&limit=1')).page.total;
  const organization = await makeOrganization();
  const before = await countPending();
  await place(OV, organization);
  assert.equal(await countPending(), before + 1);
  await place(OV, organization);
  assert.equal(await countPending(), before + 1);
  const submissions = (await listEvents(server, 'organization', organization)).filter(
    ({ action }) => action === 'organization_submitted',
  );
  assert.deepEqual(
    submissions.map(({ after }) => JSON.parse(after)),
    [{ validations: [{ type: 'ov' }] }],
  );
});

test('contacts are kept as they are at the moment of the order', async () => {
  const organization = await makeOrganization();
  const technical = { contact_type: 'technical_contact', ...PERSON };
  const path = `/organization/${organization}/contact`;
  assert.equal((await send('PUT', path, { body: { contacts: [technical] } })).status, 204);
  const { id: earlier } = await place(OV, organization);
  const shown = await showOrder(earlier);
  assert.equal(shown.organization_contact?.name, 'Gia Booth');
  assert.equal(shown.technical_contact?.name, 'Jill Valentine');
  const contacts = [{ ...CONTACT, first_name: 'Claire' }, { contact_type: 'technical_contact' }];
  assert.equal((await send('PUT', path, { body: { contacts } })).status, 204);
  assert.deepEqual(await showOrder(earlier), shown);
  const later = await showOrder((await place(OV, organization)).id);
  assert.equal(later.organization_contact?.name, 'Claire Valentine');
  assert.equal(later.technical_contact, undefined);
});

test('contacts that an order gives are its own: the organization keeps those it has', async () => {
  const organization = await makeOrganization();
  const before = await showOrganization(organization);
  const contacts = [
    { contact_type: 'organization_contact', user_id: 184 },
    { contact_type: 'technical_contact', ...PERSON, telephone: 8017019600 },
  ];
  const { id } = await place(OV, { id: organization, contacts });
  const { organization_contact, technical_contact } = await showOrder(id);
  assert.equal(organization_contact?.user_id, 184);
  assert.equal(organization_contact?.name, 'Destinee Church');
  assert.deepEqual(technical_contact, {
    ...PERSON,
    name: 'Jill Valentine',
    telephone: '8017019600',
  });
  assert.deepEqual((await showOrganization(organization)).contacts, before.contacts);
});

test('everything that is wrong is answered at once, and nothing is kept', async () => {
  const organization = await makeOrganization();
  const answer = await send('POST', `/order/certificate/${EV}`, {
    body: {
      certificate: { csr: 5 },
      container: { id: 999_999 },
      organization: {
        id: organization,
        contacts: [
          { contact_type: 'technical_contact', user_id: 999_999 },
          { contact_type: 'verified_contact', first_name: 'Only' },
        ],
      },
    },
  });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes().sort(), [
    'invalid_certificate_csr',
    'invalid_container_id',
    'invalid_organization_contacts_user_id',
    'missing_certificate_common_name',
    'missing_organization_contacts_email',
    'missing_organization_contacts_job_title',
    'missing_organization_contacts_last_name',
    'missing_organization_contacts_telephone',
  ]);
  assert.equal((await showOrganization(organization)).validations, undefined);
});

test('an organization that is not there and one of another account are the same', async () => {
  const foreign = await order(OV, 300_002);
  const absent = await order(OV, 900_002);
  assert.equal(foreign.status, 400);
  assert.deepEqual(foreign.codes(), ['invalid_organization_id']);
  assert.equal(foreign.text.replaceAll('300002', '900002'), absent.text);
});

test('nothing is ordered for an inactive organization, by its id or by its details', async () => {
  const details = newDetails();
  const organization = await makeOrganization(details);
  assert.equal((await send('PUT', `/organization/${organization}/deactivate`)).status, 204);
  const byId = await order(OV, organization);
  assert.deepEqual(byId.codes(), ['invalid_organization_id']);
  assert.match(byId.text, /is an inactive organization/);
  const byDetails = await order(OV, { ...details, contacts: [CONTACT] });
  assert.deepEqual(byDetails.codes(), ['invalid_organization']);
  assert.match(
    byDetails.text,
    new RegExp(`matches the organization ${organization}, which is inactive`),
  );
});

test('new details make an organization with the contact of the order', async () => {
  const details = newDetails({ country: 'de' });
  const contacts = [{ ...CONTACT, telephone: '030 901820' }];
  const { organization } = await place(OV, { ...details, contacts });
  const made = await showOrganization(organization.id);
  assert.equal(made.name, details.name);
  assert.equal(made.country, 'DE');
  assert.equal(made.container.id, ROOT_ID);
  assert.equal(made.organization_contact?.email, PERSON.email);
  assert.equal(made.organization_contact?.telephone, '030 901820');
  assert.deepEqual(
    made.validations?.map(({ type, status }) => ({ type, status })),
    [{ type: 'ov', status: 'pending' }],
  );
  const [created] = await listEvents(server, 'organization', organization.id);
  assert.equal(created?.action, 'organization_created');
});

test('new details without an organization contact make nothing', async () => {
  const details = newDetails();
  const answer = await order(OV, details);
  assert.deepEqual(answer.codes(), ['missing_organization_contacts']);
  const search = encodeURIComponent(details.name);
  const { page } = await show<OrganizationList>(`/organization?filters[search]=${search}`);
  assert.equal(page.total, 0);
});

test('details that match an organization mean it, whatever a create would answer', async () => {
  const details = newDetails();
  const organization = await makeOrganization(details);
  const again = await send('POST', '/organization', { body: organizationBody(details) });
  assert.deepEqual(again.codes(), ['duplicate_organization']);
  const spelled = { ...details, name: `${details.name}.`.toUpperCase(), state: 'Minnesota' };
  const created = await place(OV, { ...spelled, contacts: [CONTACT] });
  assert.equal(created.organization.id, organization);
  // Its own contact stays, and the order has the one that came with it.
  const { organization_contact } = await showOrganization(organization);
  assert.equal(organization_contact?.first_name, 'Gia');
  assert.equal((await showOrder(created.id)).organization_contact?.first_name, 'Jill');
});

test('who skips the duplicate check, in either place, gets another organization', async () => {
  const details = newDetails();
  const first = await makeOrganization(details);
  const organization = { ...details, contacts: [CONTACT] };
  const above = await place(OV, organization, { skip_duplicate_org_check: true });
  const within = await place(OV, { ...organization, skip_duplicate_org_check: true });
  const ids = new Set([first, above.organization.id, within.organization.id]);
  assert.equal(ids.size, 3);
});

test('simultaneous orders with the same new details are for one organization', async () => {
  const organization = { ...newDetails(), contacts: [CONTACT] };
  const created = await Promise.all(Array.from({ length: 12 }, () => place(OV, organization)));
  assert.equal(new Set(created.map((one) => one.organization.id)).size, 1);
  assert.equal(new Set(created.map(({ id }) => id)).size, 12);
});

test('an order and a deactivation at the same moment: one of the two is done', async () => {
  const organizations = await Promise.all(Array.from({ length: 8 }, () => makeOrganization()));
  await Promise.all(
    organizations.map(async (organization) => {
      const [ordered, deactivated] = await Promise.all([
        order(OV, organization),
        send('PUT', `/organization/${organization}/deactivate`),
      ]);
      const isOrdered = ordered.status === 201;
      assert.equal(deactivated.status, isOrdered ? 400 : 204, deactivated.text);
      assert.deepEqual(
        isOrdered ? deactivated.codes() : ordered.codes(),
        isOrdered ? ['organization_has_pending_orders'] : ['invalid_organization_id'],
      );
    }),
  );
});

test('an organization stays while it is on any order, and active while one is pending', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  const remove = async () => await send('DELETE', `/organization/${organization}`);
  assert.deepEqual((await remove()).codes(), ['organization_has_orders']);
  assert.equal((await changeStatus(id, { status: 'canceled' })).status, 204);
  assert.deepEqual((await remove()).codes(), ['organization_has_orders']);
  assert.equal((await send('PUT', `/organization/${organization}/deactivate`)).status, 204);
});

test('a pending order is rejected or canceled once, with a note in the event', async () => {
  for (const status of ['rejected', 'canceled']) {
    const { id } = await place(OV, await makeOrganization());
    const answer = await changeStatus(id, { status, note: 'No longer\nneeded' });
    assert.deepEqual([answer.status, answer.text], [204, '']);
    assert.equal((await showOrder(id)).status, status);
    const [, event] = await listEvents(server, 'order', id);
    assert.equal(event?.action, `order_${status}`);
    assert.deepEqual(JSON.parse(event?.before ?? ''), { status: 'pending' });
    assert.deepEqual(JSON.parse(event?.after ?? ''), { status, note: 'No longer\nneeded' });
    const again = await changeStatus(id, { status: 'issued' });
    assert.deepEqual(again.codes(), ['order_not_pending']);
    assert.match(again.text, new RegExp(`is ${status}`));
  }
});

test('of simultaneous changes of one order the first is done', async () => {
  const { id } = await place(OV, await makeOrganization());
  const statuses = Array.from({ length: 10 }, (_, index) =>
    index % 2 === 0 ? 'rejected' : 'canceled',
  );
  const answers = await Promise.all(statuses.map((status) => changeStatus(id, { status })));
  const done = answers.filter(({ status }) => status === 204);
  assert.equal(done.length, 1);
  for (const refused of answers.filter((answer) => answer !== done[0])) {
    assert.deepEqual(refused.codes(), ['order_not_pending']);
  }
  assert.equal((await listActions(id)).length, 2);
});

test('only the statuses are taken that an ordering system gives', async () => {
  const { id } = await place(OV, await makeOrganization());
  for (const status of ['pending', 'revoked', '']) {
    assert.equal((await changeStatus(id, { status })).status, 400, status);
  }
  assert.deepEqual(await listActions(id), ['order_created']);
});

test('the event of an order has all of it but the request for a signature', async () => {
  const csr = 'a-very-long-request';
  const certificate = { ...CERTIFICATE, csr };
  const organization = await makeOrganization();
  const { id } = await place(OV, organization, { certificate, comments: 'Soon' });
  const [event] = await listEvents(server, 'order', id);
  assert.equal(event?.action, 'order_created');
  assert.equal(event?.actor_user_id, ADA_ID);
  const after = JSON.parse(event?.after ?? '');
  assert.equal(after.organization_id, organization);
  assert.equal(after.container_id, ROOT_ID);
  assert.equal(after.product_name_id, OV);
  assert.deepEqual(after.certificate, CERTIFICATE);
  assert.equal(after.contacts[0].email, 'gia.booth@inbox.com');
  assert.doesNotMatch(event?.after ?? '', new RegExp(csr));
  assert.equal((await showOrder(id)).certificate.csr, csr);
});

test('the orders of a user who is deleted stay, without the user', async () => {
  const holder = await createHolder(server, { access_roles: [{ id: 2 }] });
  const { id } = await place(OV, await makeOrganization(), {}, holder.key);
  const before = await showOrder(id);
  assert.equal(before.user?.id, holder.id);
  assert.equal((await send('DELETE', `/user/${holder.id}`)).status, 204);
  const { user: _, ...rest } = before;
  assert.deepEqual(await showOrder(id), rest);
});
