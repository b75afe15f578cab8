// Proves what requests may say of containers, and that everything that is wrong is told at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkContainerChange,
  checkContainerCreate,
  checkOrganizationAssignments,
  checkUserAssignments,
  usernameOf,
} from './container-requests.ts';

const DOCUMENTED = {
  name: 'Sales Department',
  description: 'Includes sales engineers',
  template_id: 6,
};
const PERSON = {
  first_name: 'Sam',
  last_name: 'Sales',
  email: 'sam.sales+eu@example.com',
  access_roles: [{ id: 5 }],
};

const listProblems = (body: unknown) =>
  checkContainerCreate(body).problems.map(({ code, message }) => `${code}: ${message}`);
const codesOf = (body: unknown) => checkContainerCreate(body).problems.map(({ code }) => code);

test("the documents' create has no problems and is read as it is", () => {
  const { problems, request } = checkContainerCreate(DOCUMENTED);
  assert.deepEqual(problems, []);
  assert.deepEqual(request, DOCUMENTED);
});

test('below another a container is made from template 6, and from no other', () => {
  for (const template_id of [1, 5, 7]) {
    assert.deepEqual(codesOf({ ...DOCUMENTED, template_id }), ['invalid_template_id']);
  }
  assert.deepEqual(codesOf({ ...DOCUMENTED, template_id: 'six' }), ['invalid_template_id']);
  assert.deepEqual(codesOf({ ...DOCUMENTED, template_id: undefined }), ['missing_template_id']);
});

test('a domain name has labels of letters, digits and hyphens, in any script', () => {
  for (const name of [
    'example.com',
    'a.b-c.example',
    'localhost',
    'bücher.example',
    '例え.テスト',
  ]) {
    assert.deepEqual(codesOf({ ...DOCUMENTED, allowed_domain_names: [name] }), [], name);
  }
  const wrong = [
    '',
    ' ',
    'a b.com',
    '.com',
    'a..b',
    'a.',
    '-a.com',
    'a-.com',
    '*.a.com',
    'a/b.com',
  ];
  const long = [`${'a'.repeat(64)}.com`];
  const { problems } = checkContainerChange({
    name: 'x',
    allowed_domain_names: ['example.com', ...wrong, ...long],
  });
  assert.deepEqual(
    problems.map(({ message }) => message),
    [...wrong, ...long].map(
      (_, index) => `allowed_domain_names[${index + 1}] must be a domain name.`,
    ),
  );
});

test('a first user may go without a user name where the email address can be one', () => {
  assert.deepEqual(codesOf({ ...DOCUMENTED, user: PERSON }), []);
  assert.equal(usernameOf(PERSON), PERSON.email);
  assert.equal(usernameOf({ ...PERSON, username: 'sam' }), 'sam');
  const user = { ...PERSON, email: "o'neil@example.com" };
  assert.deepEqual(codesOf({ ...DOCUMENTED, user }), ['invalid_user_username']);
  assert.match(listProblems({ ...DOCUMENTED, user })[0] ?? '', /the email address is the name/);
  assert.deepEqual(codesOf({ ...DOCUMENTED, user: { ...user, username: 'oneil' } }), []);
});

test('every problem of a create is told at once', () => {
  const body = {
    name: ' ',
    description: 'x'.repeat(256),
    template_id: 5,
    allowed_domain_names: ['example.com', 'a b'],
    user: {
      username: 'Sam Sales',
      last_name: 'x'.repeat(129),
      email: 'nobody',
      access_roles: [{ id: 6 }],
    },
  };
  assert.deepEqual(codesOf(body).sort(), [
    'description_too_long',
    'invalid_allowed_domain_names',
    'invalid_template_id',
    'invalid_user_access_roles_id',
    'invalid_user_email',
    'invalid_user_username',
    'missing_name',
    'missing_user_first_name',
    'user_last_name_too_long',
  ]);
});

test('ids are assigned as numbers or digits, each once, in the order of the request', () => {
  const { problems, ids } = checkOrganizationAssignments({
    organization_id_assignments: [123458, '123456', 123456, '0123457'],
  });
  assert.deepEqual(problems, []);
  assert.deepEqual([...ids.keys()], [123458, 123456, 123457]);
  assert.deepEqual([...checkUserAssignments({ user_id_assignments: [] }).ids], []);
});

test('every entry that is no id is named, and so is a list that is none', () => {
  const { problems } = checkUserAssignments({
    user_id_assignments: [12, 0, -1, 1.5, 'x', '', null, { id: 5 }, '9'.repeat(16), '9'.repeat(17)],
  });
  assert.deepEqual(
    problems.map(({ message }) => Number(/\[(\d+)\]/.exec(message)?.[1])).sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  for (const list of [undefined, null, 'x', {}, Array.from({ length: 10_001 }, () => 1)]) {
    assert.equal(checkUserAssignments({ user_id_assignments: list }).problems.length, 1);
  }
});
