/** What requests say of users, and what is derived of users. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkContainerAssignments,
  checkUserCreate,
  checkUserEdit,
  checkUserRole,
  deriveUser,
  isUsername,
  roleOf,
} from './user.ts';

const codesOf = ({ problems }: { problems: readonly { code: string }[] }) =>
  problems.map(({ code }) => code).sort();

const STANDARD = {
  username: 'jill.valentine',
  first_name: 'Jill',
  last_name: 'Valentine',
  email: 'jill.valentine@example.com',
  access_roles: [{ id: 5 }],
};

const SERVICE = { is_api_only: true, email: 'jane.doe@example.com', api_name: 'API Key Name' };

test('a user name has letters from a to z, digits and @ - _ + . and nothing else', () => {
  const allowed = /^[A-Za-z0-9@\-_+.]$/;
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
      assert.equal(
        isUsername(text),
        [...text].every((character) => allowed.test(character)),
      );
    }),
  );
  const username = fc.stringMatching(/^[A-Za-z0-9@\-_+.]{1,40}$/);
  fc.assert(fc.property(username, (text) => isUsername(text)));
  assert.equal(isUsername(''), false);
  assert.equal(isUsername('a\n'), false);
});

test('users are kept apart and found by folded texts', () => {
  assert.deepEqual(deriveUser({ ...STANDARD, username: 'JILL', last_name: 'Groß' }), {
    username_folded: 'jill',
    first_name_folded: 'jill',
    last_name_folded: 'gross',
    email_folded: 'jill.valentine@example.com',
  });
});

test('each kind of user has members of its own, and what the other has is ignored', () => {
  const standard = checkUserCreate({ ...STANDARD, api_name: 7, restricted_to_role_id: 'x' });
  assert.deepEqual(codesOf(standard), []);
  assert.deepEqual(standard.request, STANDARD);
  const ignored = { username: 'not a name', first_name: 7, access_roles: 'x', telephone: [] };
  const service = checkUserCreate({ ...SERVICE, ...ignored });
  assert.deepEqual(codesOf(service), []);
  assert.deepEqual(service.request, SERVICE);
  assert.deepEqual(codesOf(checkUserCreate({ ...STANDARD, ...SERVICE })), []);
});

test('what each kind requires is told where it is missing, once', () => {
  for (const name of ['username', 'first_name', 'last_name', 'email', 'access_roles']) {
    const codes = codesOf(checkUserCreate({ ...STANDARD, [name]: undefined }));
    assert.deepEqual(codes, [`missing_${name}`]);
  }
  for (const name of ['email', 'api_name']) {
    assert.deepEqual(codesOf(checkUserCreate({ ...SERVICE, [name]: ' ' })), [`missing_${name}`]);
  }
  assert.deepEqual(codesOf(checkUserCreate({ ...STANDARD, username: 7 })), ['invalid_username']);
  const unclear = checkUserCreate({ is_api_only: 'yes', email: 'a@example.com' });
  assert.deepEqual(codesOf(unclear), ['invalid_is_api_only']);
});

test('roles and restrictions are some of those that there are', () => {
  const role = (id: unknown) => ({ ...STANDARD, access_roles: [{ id }] });
  for (const id of [1, 2, 3, 4, 5]) {
    assert.deepEqual(codesOf(checkUserCreate(role(id))), []);
    assert.equal(checkUserRole(role(id)).access_role_id, id);
  }
  for (const id of [6, 0, 'x']) {
    assert.deepEqual(codesOf(checkUserCreate(role(id))), ['invalid_access_roles_id']);
    assert.deepEqual(codesOf(checkUserRole(role(id))), ['invalid_access_roles_id']);
  }
  assert.equal(roleOf({}), 0);
  const restriction = (id: number) => checkUserCreate({ ...SERVICE, restricted_to_role_id: id });
  assert.deepEqual(
    [0, 1, 99, 100, 101, 102, 103, 104].filter((id) => restriction(id).problems.length === 0),
    [0, 100, 101, 102, 103],
  );
});

test('a body that is no object is told as such', () => {
  for (const body of [null, 'text', 7, [STANDARD]]) {
    assert.ok(codesOf(checkUserCreate(body)).includes('bad_request_format'));
    assert.deepEqual(codesOf(checkContainerAssignments(body)), ['bad_request_format']);
  }
});

test('an edit keeps names and removes what else is left out; of a service user only the email', () => {
  const texts = {
    username: 'jill',
    first_name: 'Jill',
    last_name: 'Valentine',
    email: 'jill@example.com',
    job_title: 'Alpha',
    telephone: '1',
  };
  const email = 'new@example.com';
  assert.deepEqual(checkUserEdit({ email }, { ...texts, is_api_only: 0 }).texts, {
    ...texts,
    email,
    job_title: '',
    telephone: '',
  });
  const all = { ...texts, username: 'other', telephone: '2', email };
  assert.deepEqual(checkUserEdit(all, { ...texts, is_api_only: 0 }).texts, all);
  const service = checkUserEdit({ ...all, username: ' no ' }, { ...texts, is_api_only: 1 });
  assert.deepEqual(service, { problems: [], texts: { ...texts, email } });
  const bad = checkUserEdit({ username: 'not a name' }, { ...texts, is_api_only: 0 });
  assert.deepEqual(codesOf(bad), ['invalid_username', 'missing_email']);
});

test('assigned containers are ids, as numbers or digits', () => {
  const { problems, container_id_assignments } = checkContainerAssignments({
    container_id_assignments: ['577532', 577533, '577532'],
  });
  assert.deepEqual(problems, []);
  assert.deepEqual([...container_id_assignments.keys()], [577532, 577533]);
  const bad = { container_id_assignments: ['x', null, {}] };
  assert.equal(checkContainerAssignments(bad).problems.length, 3);
  assert.deepEqual(codesOf(checkContainerAssignments({})), ['missing_container_id_assignments']);
});
