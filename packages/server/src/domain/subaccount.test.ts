// Subaccounts: the request for one, the types below an account, and how one looks in answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT_TYPES, type AccountType, KEY_RESTRICTIONS } from '@orgvet/contract';
import fc from 'fast-check';
import { RESTRICTIONS, ROLES } from './permissions.ts';
import {
  checkSubaccountCreate,
  checkTypes,
  describeListedSubaccount,
  describeSubaccount,
  listCreatableTypes,
} from './subaccount.ts';

const BODY = {
  account_type: 'retail',
  allowed_grandchildren: ['retail', 'reseller'],
  user: {
    first_name: 'John',
    last_name: 'Smith',
    email: 'john.smith@example.com',
    username: 'john.smith+first@example.com',
    telephone: 1112223333,
  },
  organization: {
    name: 'Example Company, LLC',
    address: '123 Fake Street',
    city: 'Toledo',
    state: 'Ohio',
    zip: 93090,
    country: 'US',
    telephone: '111-222-333-4445',
  },
};

const codesOf = (body: unknown) => checkSubaccountCreate(body).problems.map(({ code }) => code);

test('a create request is read with numbers as texts and without what it does not know', () => {
  const { problems, request } = checkSubaccountCreate({ ...BODY, colour: 'red' });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    ...BODY,
    user: { ...BODY.user, telephone: '1112223333' },
    organization: { ...BODY.organization, zip: '93090' },
  });
});

test('every problem of a create request comes with the path of its field', () => {
  const problems = codesOf({
    account_type: 'kiosk',
    allowed_grandchildren: ['retail', 'kiosk'],
    user: { first_name: 'John', email: 'nobody', username: 'john smith' },
    organization: { ...BODY.organization, name: 'x'.repeat(65), country: 'XX' },
  });
  assert.deepEqual(problems, [
    'invalid_account_type',
    'invalid_allowed_grandchildren',
    'missing_user_last_name',
    'invalid_user_email',
    'organization_name_too_long',
    'invalid_organization_country',
    'invalid_user_username',
  ]);
});

test('an organization has the rules between its fields here too, told with its path', () => {
  const organization = {
    ...BODY.organization,
    name: 'n'.repeat(40),
    assumed_name: 'a'.repeat(22),
  };
  const { problems } = checkSubaccountCreate({ ...BODY, organization });
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['organization_name_too_long'],
  );
  assert.match(problems[0]?.message ?? '', /^organization\.name and assumed_name together/);
});

test('a request without a user or an organization says so once for each', () => {
  const { account_type, allowed_grandchildren } = BODY;
  assert.deepEqual(codesOf({ account_type, allowed_grandchildren }), [
    'missing_user',
    'missing_organization',
  ]);
});

test('what is no object at all is told of as that alone', () => {
  assert.deepEqual(codesOf([BODY]), ['bad_request_format']);
});

const types = fc.uniqueArray(fc.constantFrom(...ACCOUNT_TYPES));

test('a request names only types that the account above may have, each other one by its path', () => {
  fc.assert(
    fc.property(
      types,
      fc.constantFrom(...ACCOUNT_TYPES),
      types,
      (allowed, account_type, allowed_grandchildren) => {
        const checked = checkSubaccountCreate({ ...BODY, account_type, allowed_grandchildren });
        const isAllowed = (type: AccountType) => allowed.includes(type);
        const expected = [
          ...(isAllowed(account_type) ? [] : ['account_type']),
          ...allowed_grandchildren.flatMap((type, index) =>
            isAllowed(type) ? [] : [`allowed_grandchildren[${index}]`],
          ),
        ];
        const found = checkTypes(checked, allowed).map(({ message }) => message.split(' ')[0]);
        assert.deepEqual(found, expected);
      },
    ),
  );
});

test('a type that is none at all is told of once', () => {
  const body = { ...BODY, account_type: 'kiosk', allowed_grandchildren: ['kiosk', 'retail'] };
  assert.deepEqual(checkTypes(checkSubaccountCreate(body), ['retail']), []);
});

test('only an administrator with an unrestricted key, and with all of the account, creates', () => {
  const holders = fc.record({
    access_role_id: fc.constantFrom(...Object.values(ROLES)),
    restricted_to_role_id: fc.constantFrom(...KEY_RESTRICTIONS.map(({ id }) => id)),
  });
  fc.assert(
    fc.property(holders, fc.boolean(), types, (holder, isRestricted, allowed) => {
      const creator = { ...holder, ...(isRestricted && { visible_container_ids: [1] }) };
      const mayCreate =
        holder.access_role_id === ROLES.administrator &&
        holder.restricted_to_role_id === RESTRICTIONS.none &&
        !isRestricted;
      assert.deepEqual(listCreatableTypes(creator, allowed), mayCreate ? allowed : []);
    }),
  );
});

const RECORD = {
  account_id: 1122339,
  parent_account_id: 1122331,
  account_type: 'reseller',
  organization_name: 'Real Organization',
  child_name: 'Our best',
  created_at: '2018-11-29T18:25:04+00:00',
  account_manager: 'Jim James',
} as const;

const DETAILS = {
  billing_account: { id: 1122328, name: 'Billing Account, Inc.' },
  bill_parent: false,
  enforce_bill_parent: true,
  master_user: {
    first_name: 'Alan',
    last_name: 'Allen',
    email: 'alan.allen@example.com',
    job_title: 'subreseller',
    telephone: '801-701-9600',
    container_id: 7,
  },
};

test('a listed subaccount is shown as the documents print it', () => {
  const { child_name: _unnamed, ...record } = RECORD;
  assert.equal(
    JSON.stringify(describeListedSubaccount({ ...record, child_name: '' }, 1122331)),
    '{"account_id":1122339,"account_type":"reseller","organization_name":"Real Organization",' +
      '"date_created":"2018-11-29 18:25:04","account_manager":"Jim James"}',
  );
});

test('only the account directly above sees the name that it gave', () => {
  assert.equal(describeListedSubaccount(RECORD, 1122331).child_name, 'Our best');
  assert.ok(!('child_name' in describeListedSubaccount(RECORD, 1)));
  assert.equal(describeSubaccount(RECORD, DETAILS, 1122331).child_name, 'Our best');
  assert.ok(!('child_name' in describeSubaccount(RECORD, DETAILS, 1)));
});

test('subaccount info has the members of the documents, in their order', () => {
  assert.equal(
    JSON.stringify(describeSubaccount({ ...RECORD, child_name: '' }, DETAILS, 1122331)),
    '{"account_id":1122339,"account_type":"reseller","organization_name":"Real Organization",' +
      '"date_created":"2018-11-29 18:25:04","parent_account_id":"1122331",' +
      '"billing_account_name":"Billing Account, Inc.","billing_account_id":1122328,' +
      '"account_manager":"Jim James","bill_parent":false,' +
      '"master_user":{"first_name":"Alan","last_name":"Allen","email":"alan.allen@example.com",' +
      '"job_title":"subreseller","telephone":"801-701-9600","i18n_language_id":"1","container_id":"7"}}',
  );
});

test('whether the parent must pay is shown where the parent pays', () => {
  const shown = describeSubaccount(RECORD, { ...DETAILS, bill_parent: true }, 1122331);
  assert.deepEqual([shown.bill_parent, shown.enforce_bill_parent], [true, true]);
  assert.ok(!('enforce_bill_parent' in describeSubaccount(RECORD, DETAILS, 1122331)));
});

test('what is empty is left out of subaccount info', () => {
  const master_user = { ...DETAILS.master_user, job_title: '', telephone: '' };
  const record = { ...RECORD, account_manager: '' };
  const shown = describeSubaccount(record, { ...DETAILS, master_user }, 1122331);
  assert.ok(!('account_manager' in shown));
  assert.deepEqual(Object.keys(shown.master_user), [
    'first_name',
    'last_name',
    'email',
    'i18n_language_id',
    'container_id',
  ]);
});
