/** How orders become ready over HTTP: what is missing, when it is announced, and what may follow. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OrganizationList, ROUTES, type ValidationList } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { startServer } from './harness.ts';
import { EV, OV, orderingOf } from './ordering.ts';
import { listEvents } from './people.ts';

const NOW = '2026-11-21T12:00:00+00:00';
/** 397 days later. */
const END = '2027-12-23T12:00:00+00:00';

const server = await startServer();
const { send, clock } = server;
const {
  place,
  show,
  control,
  complete,
  confirm,
  listLinks,
  showOrder,
  showValidation,
  makeOrganization,
  changeStatus,
  listActions,
} = orderingOf(server);

const listMissing = async (id: number) => (await showValidation(id)).missing;

const countReady = async (id: number) =>
  (await listActions(id)).filter((action) => action === 'order_ready').length;

test('an order tells what its organization lacks, with ids as texts', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  const { organization_name, ...shown } = await showValidation(id);
  assert.equal(organization_name, (await showOrder(id)).organization.name);
  const details = {
    organization_type: 'pending',
    organization_status: 'pending',
    address_verification: 'pending',
    blacklist_fraud: 'pending',
    request_authenticity: 'pending',
  };
  assert.deepEqual(shown, {
    order_id: String(id),
    order_status: 'pending',
    organization_id: String(organization),
    organization_validations: [
      {
        type: 'ov',
        name: 'OV',
        description: 'Normal Organization Validation',
        status: 'pending',
        verification_details: details,
      },
    ],
    missing: ['organization_validation'],
  });
});

test('an order is ready from the moment on at which its validation is completed, and once', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  assert.deepEqual((await changeStatus(id, { status: 'issued' })).codes(), ['order_not_ready']);
  assert.equal(await countReady(id), 0);
  await complete(organization, 'ov');
  await complete(organization, 'ov');
  const [, ready] = await listEvents(server, 'order', id);
  assert.equal(ready?.action, 'order_ready');
  assert.deepEqual(JSON.parse(ready?.after ?? ''), {
    organization_id: organization,
    product_name_id: OV,
    ready_at: NOW,
  });
  assert.equal(await countReady(id), 1);
  const shown = await showValidation(id);
  assert.ok(Value.Check(ROUTES.getOrderValidation.success.schema, shown));
  assert.deepEqual(shown.missing, []);
  assert.deepEqual(shown.organization_validations, [
    {
      type: 'ov',
      name: 'OV',
      description: 'Normal Organization Validation',
      date_created: NOW,
      validated_until: END,
      status: 'active',
    },
  ]);
  assert.equal((await changeStatus(id, { status: 'issued' })).status, 204);
  assert.equal((await showOrder(id)).status, 'issued');
  assert.deepEqual(await listActions(id), ['order_created', 'order_ready', 'order_issued']);
});

test('an order for an organization that lacks nothing is ready at once', async () => {
  const organization = await makeOrganization({ validations: [{ type: 'ov' }] });
  await complete(organization, 'ov');
  const { id } = await place(OV, organization);
  assert.deepEqual(await listActions(id), ['order_created', 'order_ready']);
});

test('only what a product needs makes its orders ready', async () => {
  const validations = [{ type: 'ov' }, { type: 'ds' }];
  const organization = await makeOrganization({ validations });
  const tls = await place(OV, organization);
  const signing = await place('document_signing_org_1', organization);
  await complete(organization, 'ds');
  assert.equal(await countReady(signing.id), 1);
  assert.equal(await countReady(tls.id), 0);
});

test('orders that are no longer pending never become ready', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  await changeStatus(id, { status: 'canceled' });
  await complete(organization, 'ov');
  assert.deepEqual(await listActions(id), ['order_created', 'order_canceled']);
});

test('an expired validation stays so: an order waits for its renewal', async () => {
  const organization = await makeOrganization({ validations: [{ type: 'ov' }] });
  await complete(organization, 'ov');
  clock.moveTo(END);
  const { id } = await place(OV, organization);
  const [validation] = (await showValidation(id)).organization_validations;
  assert.equal(validation?.status, 'expired');
  assert.equal(validation?.date_created, NOW);
  assert.deepEqual(await listMissing(id), ['organization_validation']);
  await complete(organization, 'ov');
  assert.deepEqual(await listMissing(id), []);
  assert.equal(await countReady(id), 1);
  clock.moveTo(NOW);
});

test('an order that was ready may be issued, though its organization lacks something again', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  await complete(organization, 'ov');
  clock.moveTo(END);
  assert.deepEqual(await listMissing(id), ['organization_validation']);
  await complete(organization, 'ov');
  assert.equal(await countReady(id), 1);
  clock.moveTo('2029-02-01T00:00:00Z');
  assert.deepEqual(await listMissing(id), ['organization_validation']);
  assert.equal((await changeStatus(id, { status: 'issued' })).status, 204);
  clock.moveTo(NOW);
});

test('an organization that is no longer active is missing too', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  await complete(organization, 'ov');
  await changeStatus(id, { status: 'issued' });
  assert.equal((await send('PUT', `/organization/${organization}/deactivate`)).status, 204);
  assert.deepEqual(await listMissing(id), ['active_organization']);
});

test('a product that needs somebody who approves waits for both, in either order', async () => {
  for (const isConfirmedFirst of [true, false]) {
    const organization = await makeOrganization();
    const { id } = await place(EV, organization);
    assert.deepEqual(await listMissing(id), ['organization_validation', 'verified_contact']);
    const [link = ''] = await listLinks(organization);
    const steps = [() => confirm(link), () => complete(organization, 'ev')];
    const [first, second] = isConfirmedFirst ? steps : steps.reverse();
    await first?.();
    assert.equal((await listMissing(id)).length, 1);
    assert.equal(await countReady(id), 0);
    await second?.();
    assert.deepEqual(await listMissing(id), []);
    assert.equal(await countReady(id), 1);
    const shown = await showValidation(id);
    assert.ok(Value.Check(ROUTES.getOrderValidation.success.schema, shown));
    assert.deepEqual(
      shown.organization_validations[0]?.verified_contacts?.map(({ name, status }) => [
        name,
        status,
      ]),
      [['Ada Adler', 'active']],
    );
  }
});

test('an approver who confirms while the validation is completed makes each order ready once', async () => {
  for (let round = 0; round < 8; round += 1) {
    const organization = await makeOrganization();
    const orders = [await place(EV, organization), await place(EV, organization)];
    const [link = ''] = await listLinks(organization);
    const [, , third] = await Promise.all([
      confirm(link),
      complete(organization, 'ev'),
      place(EV, organization),
      complete(organization, 'ev'),
    ]);
    for (const { id } of [...orders, third]) {
      assert.equal(await countReady(id), 1);
      assert.deepEqual(await listMissing(id), []);
    }
  }
});

test('simultaneous completions make every order that waits ready once', async () => {
  const organization = await makeOrganization();
  const orders = await Promise.all(Array.from({ length: 10 }, () => place(OV, organization)));
  await Promise.all(Array.from({ length: 10 }, () => complete(organization, 'ov')));
  for (const { id } of orders) {
    assert.equal(await countReady(id), 1);
  }
});

test('a completed validation is active for 397 days, and no longer counted as pending', async () => {
  const organization = await makeOrganization({ validations: [{ type: 'ov' }, { type: 'ds' }] });
  const countPending = async () =>
    (await show<OrganizationList>('/organization?filters[validation]=pending&limit=1')).page.total;
  const before = await countPending();
  await complete(organization, 'ov');
  assert.equal(await countPending(), before);
  await complete(organization, 'ds');
  assert.equal(await countPending(), before - 1);
  const path = `/organization/${organization}/validation`;
  const { validations } = await show<ValidationList>(path);
  assert.deepEqual(
    validations.map(({ type, status, date_created, validated_until }) => ({
      type,
      status,
      date_created,
      validated_until,
    })),
    ['ov', 'ds'].map((type) => ({
      type,
      status: 'active',
      date_created: NOW,
      validated_until: END,
    })),
  );
  const completions = (await listEvents(server, 'organization', organization)).filter(
    ({ action }) => action === 'validation_completed',
  );
  assert.deepEqual(
    completions.map(({ before: from, after }) => {
      const { completion_id, rules, ...rest } = JSON.parse(after);
      assert.ok(completion_id > 0 && rules !== '');
      return [JSON.parse(from), rest];
    }),
    ['ov', 'ds'].map((type) => [
      { type, date_created: '', validated_until: '' },
      { type, date_created: NOW, validated_until: END, way: 'control' },
    ]),
  );
});

test('a change of details sends the validation back, and the orders wait again', async () => {
  const organization = await makeOrganization();
  const { id } = await place(OV, organization);
  await complete(organization, 'ov');
  const {
    validations: _v,
    organization_contact: _o,
    contacts: _c,
    ...details
  } = await show<Record<string, unknown>>(`/organization/${organization}`);
  const body = { ...details, city: 'Saint Paul' };
  assert.equal((await send('PUT', `/organization/${organization}`, { body })).status, 204);
  assert.deepEqual(await listMissing(id), ['organization_validation']);
});

test('only a validation that was asked for can be decided, of an organization that is there', async () => {
  const organization = await makeOrganization({ validations: [{ type: 'ov' }] });
  const decide = async (id: number, type: string, body: object = { status: 'active' }) => {
    const answer = await control('PUT', `/organization/${id}/validation/${type}`, body);
    return `${answer.status} ${await answer.text()}`;
  };
  assert.match(await decide(organization, 'ds'), /^404 .*"not_found\|validation"/);
  assert.match(await decide(organization, 'dv'), /^400 .*"invalid_validation_type"/);
  assert.match(await decide(organization, 'ov', { status: 'expired' }), /^400 .*"invalid_status"/);
  assert.match(await decide(999_999, 'ov', {}), /^404 .*"not_found\|organization"/);
  assert.equal(await decide(300_002, 'ov'), await decide(999_999, 'ov'));
  const [validation] = (await show<ValidationList>(`/organization/${organization}/validation`))
    .validations;
  assert.equal(validation?.status, 'pending');
});

test('a live account decides no outcomes: it has no such route', async () => {
  const live = await startServer({ seed: 'none' });
  const answer = await fetch(`${live.origin}/control/v1/organization/1/validation/ov`, {
    method: 'PUT',
    headers: { 'X-DC-DEVKEY': live.administrator },
    body: JSON.stringify({ status: 'active' }),
  });
  assert.equal(answer.status, 404);
  assert.match(await answer.text(), /not_found\|route/);
});
