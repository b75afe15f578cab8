/** Who may do what: the sentences of the documents, and that nothing ever adds to a permission. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ACCESS_ROLES,
  isReading,
  KEY_RESTRICTIONS,
  PERMISSIONS,
  type Permission,
  VETTING_ROLES,
  type VettingRole,
  WIRE_PERMISSIONS,
} from '@orgvet/contract';
import fc from 'fast-check';
import {
  administersOrganizations,
  GRANTS,
  type Holder,
  isPermitted,
  RESTRICTIONS,
  ROLES,
} from './permissions.ts';

const ROLE_IDS = Object.values(ROLES);
const RESTRICTION_IDS = Object.values(RESTRICTIONS);

function listPermitted(
  access_role_id: number,
  restricted_to_role_id = 0,
  vetting_roles: readonly VettingRole[] = [],
): Permission[] {
  const holder = { access_role_id, restricted_to_role_id, vetting_roles };
  return PERMISSIONS.filter((name) => isPermitted(holder, name));
}

/** What only those have who are appointed. */
const OF_APPOINTED: readonly Permission[] = [
  'view_vetting',
  'work_validations',
  'review_validations',
  'draw_samples',
];

test('the roles and restrictions are those of the wire', () => {
  assert.deepEqual(
    ROLE_IDS,
    ACCESS_ROLES.map(({ id }) => id),
  );
  assert.deepEqual(
    RESTRICTION_IDS,
    KEY_RESTRICTIONS.map(({ id }) => id),
  );
});

test('every permission names who has it, without repeats, and where that is from', () => {
  assert.deepEqual(Object.keys(GRANTS).sort(), [...PERMISSIONS].sort());
  for (const [name, { roles, appointed = [], source }] of Object.entries(GRANTS)) {
    assert.equal(new Set(roles).size, roles.length, name);
    assert.ok(
      roles.every((role) => (ROLE_IDS as number[]).includes(role)),
      name,
    );
    assert.ok(roles.length + appointed.length > 0, name);
    assert.match(source, /^[A-Z].*: .*\w$/, name);
  }
});

test('an administrator has every permission, as recorded, but those of people who are appointed', () => {
  assert.deepEqual(
    listPermitted(ROLES.administrator),
    PERMISSIONS.filter((name) => !OF_APPOINTED.includes(name)),
  );
  assert.equal(WIRE_PERMISSIONS.length, 72);
});

test('only administrators and managers see organizations, and only administrators deactivate', () => {
  for (const role of ROLE_IDS) {
    const permitted = listPermitted(role);
    const isManaging = role === ROLES.administrator || role === ROLES.manager;
    assert.equal(permitted.includes('view_organizations'), isManaging);
    assert.equal(permitted.includes('edit_organizations'), isManaging);
    assert.equal(permitted.includes('activate_organizations'), role === ROLES.administrator);
  }
});

test('a manager sees to users, but neither to administrators nor to keys', () => {
  const permitted = listPermitted(ROLES.manager);
  for (const name of ['view_users', 'create_users', 'edit_users'] as const) {
    assert.ok(permitted.includes(name));
  }
  for (const name of ['edit_admins', 'create_api_keys', 'manage_ip_access'] as const) {
    assert.ok(!permitted.includes(name));
  }
});

test('everybody finds out who they are, with whatever key', () => {
  for (const role of ROLE_IDS) {
    for (const restriction of RESTRICTION_IDS) {
      assert.ok(listPermitted(role, restriction).includes('view_own_access'));
    }
  }
});

test('a view only key keeps all that looks and nothing that changes', () => {
  for (const role of ROLE_IDS) {
    assert.deepEqual(
      listPermitted(role, RESTRICTIONS.view_only),
      listPermitted(role).filter(isReading),
    );
  }
});

test('a key for orders, or for users, has nothing to do with organizations', () => {
  for (const restriction of [RESTRICTIONS.orders, RESTRICTIONS.user_management]) {
    const permitted = listPermitted(ROLES.administrator, restriction);
    assert.ok(!permitted.some((name) => name.endsWith('_organizations')));
  }
  const orders = listPermitted(ROLES.administrator, RESTRICTIONS.orders);
  const wide = listPermitted(ROLES.administrator, RESTRICTIONS.orders_domains_organizations);
  assert.ok(orders.every((name) => wide.includes(name)));
  assert.ok(wide.includes('edit_organizations'));
});

test('a key for user management cannot make keys, which would get round its restriction', () => {
  const permitted = listPermitted(ROLES.administrator, RESTRICTIONS.user_management);
  assert.ok(permitted.includes('edit_users'));
  for (const name of ['create_api_keys', 'manage_api_access', 'manage_ip_access'] as const) {
    assert.ok(!permitted.includes(name));
  }
});

test('a specialist works and reviews, a reviewer reviews, and an auditor looks and draws samples', () => {
  const addedFor = (role: VettingRole) => {
    const without = listPermitted(ROLES.standard_user);
    return listPermitted(ROLES.standard_user, 0, [role]).filter((name) => !without.includes(name));
  };
  assert.deepEqual(addedFor('specialist'), [
    'view_requirements',
    'view_vetting',
    'work_validations',
    'review_validations',
    'compare_rules',
  ]);
  assert.deepEqual(addedFor('reviewer'), [
    'view_requirements',
    'view_vetting',
    'review_validations',
    'compare_rules',
  ]);
  assert.deepEqual(addedFor('auditor'), [
    'view_audit_log',
    'view_requirements',
    'view_vetting',
    'draw_samples',
    'compare_rules',
  ]);
});

test('nobody who may edit organizations validates them, whatever they are appointed for', () => {
  for (const role of ROLE_IDS) {
    const permitted = listPermitted(role, 0, VETTING_ROLES);
    const isEditing = permitted.includes('edit_organizations');
    assert.equal(isEditing, administersOrganizations({ access_role_id: role }));
    for (const name of OF_APPOINTED) {
      assert.equal(permitted.includes(name), !isEditing, `${role} ${name}`);
    }
  }
});

test('how validations stand, and would by other rules, is for whoever sees organizations, and whoever validates', () => {
  for (const role of ROLE_IDS) {
    const permitted = listPermitted(role);
    const appointed = listPermitted(role, 0, ['auditor']);
    for (const name of ['view_requirements', 'compare_rules'] as const) {
      assert.equal(permitted.includes(name), permitted.includes('view_organizations'), name);
      assert.ok(appointed.includes(name), name);
    }
  }
});

test('of what somebody is appointed for a restricted key keeps looking at most', () => {
  for (const restriction of RESTRICTION_IDS.filter((id) => id !== RESTRICTIONS.none)) {
    const kept = listPermitted(ROLES.standard_user, restriction, VETTING_ROLES).filter((name) =>
      ['view_audit_log', 'view_requirements', 'compare_rules', ...OF_APPOINTED].includes(name),
    );
    const isLooking = restriction === RESTRICTIONS.view_only;
    assert.deepEqual(
      kept,
      isLooking ? ['view_audit_log', 'view_requirements', 'view_vetting'] : [],
    );
  }
});

test('a restriction never adds to what the role has', () => {
  const holder = fc.record<Holder>({
    access_role_id: fc.constantFrom(...ROLE_IDS),
    restricted_to_role_id: fc.constantFrom(...RESTRICTION_IDS),
    vetting_roles: fc.subarray([...VETTING_ROLES]),
  });
  fc.assert(
    fc.property(
      holder,
      fc.constantFrom(...PERMISSIONS),
      (one, name) =>
        isPermitted({ ...one, restricted_to_role_id: 0 }, name) || !isPermitted(one, name),
    ),
  );
});

test('a role or a restriction that nobody knows permits nothing that others are kept from', () => {
  for (const name of PERMISSIONS) {
    assert.equal(isPermitted({ access_role_id: 99, restricted_to_role_id: 0 }, name), false);
    const unknown = { access_role_id: ROLES.administrator, restricted_to_role_id: 99 };
    assert.equal(isPermitted(unknown, name), false);
  }
});
