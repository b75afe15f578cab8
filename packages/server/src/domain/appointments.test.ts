/** Who is qualified for what and when, and what a request may say of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALIDATION_TYPE_NAMES, VETTING_ROLES } from '@orgvet/contract';
import fc from 'fast-check';
import {
  type Appointment,
  checkAppointments,
  compareAppointments,
  isCurrent,
  isQualified,
  listRolesAt,
} from './appointments.ts';
import { formatTime } from './time.ts';

const UNTIL = '2027-06-30T00:00:00+00:00';
const BEFORE = '2027-06-29T23:59:59+00:00';

const SPECIALIST: Appointment = {
  role: 'specialist',
  validation_type: 'ov',
  qualified_until: UNTIL,
};
const AUDITOR: Appointment = { role: 'auditor', validation_type: '', qualified_until: UNTIL };

test('somebody is qualified for the type of the appointment, in its role, until its end', () => {
  const both = ['specialist', 'reviewer'] as const;
  assert.ok(isQualified([SPECIALIST], ['specialist'], 'ov', BEFORE));
  assert.ok(isQualified([AUDITOR, SPECIALIST], both, 'ov', BEFORE));
  assert.ok(!isQualified([SPECIALIST], ['specialist'], 'ov', UNTIL));
  assert.ok(!isQualified([SPECIALIST], ['specialist'], 'ev', BEFORE));
  assert.ok(!isQualified([SPECIALIST], ['reviewer'], 'ov', BEFORE));
  assert.ok(!isQualified([], both, 'ov', BEFORE));
});

test('an auditor is qualified for no type', () => {
  for (const type of VALIDATION_TYPE_NAMES) {
    assert.ok(!isQualified([AUDITOR], VETTING_ROLES, type, BEFORE));
  }
});

const appointment = fc.record<Appointment>({
  role: fc.constantFrom(...VETTING_ROLES),
  validation_type: fc.constantFrom('' as const, ...VALIDATION_TYPE_NAMES),
  qualified_until: fc.integer({ min: 0, max: 10 }).map((seconds) => formatTime(seconds * 1000)),
});

test('somebody has a role at a moment where any appointment in it has not run out', () => {
  const time = formatTime(5000);
  fc.assert(
    fc.property(fc.array(appointment), (appointments) => {
      const expected = new Set(
        appointments.filter((one) => isCurrent(one, time)).map(({ role }) => role),
      );
      assert.deepEqual(new Set(listRolesAt(appointments, time)), expected);
      assert.equal(listRolesAt(appointments, time).length, expected.size);
    }),
  );
});

test('who is qualified has the role, and more appointments never take a qualification away', () => {
  const time = formatTime(5000);
  const type = fc.constantFrom(...VALIDATION_TYPE_NAMES);
  fc.assert(
    fc.property(fc.array(appointment), fc.array(appointment), type, (some, more, one) => {
      if (isQualified(some, ['specialist'], one, time)) {
        assert.ok(listRolesAt(some, time).includes('specialist'));
        assert.ok(isQualified([...more, ...some], ['specialist'], one, time));
      }
    }),
  );
});

test('appointments have one order, however they were given', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(appointment, { selector: keyOf }),
      fc.infiniteStream(fc.nat()),
      (all, keys) => {
        const shuffled = all
          .map((one) => ({ one, key: keys.next().value }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        const sorted = (list: readonly Appointment[]) => list.toSorted(compareAppointments);
        assert.deepEqual(sorted(shuffled), sorted(all));
      },
    ),
  );
});

function keyOf({ role, validation_type }: Appointment): string {
  return `${role} ${validation_type}`;
}

test('a request is read with its moments in UTC, specialists first', () => {
  const { problems, appointments } = checkAppointments({
    appointments: [
      { role: 'auditor', qualified_until: UNTIL },
      { role: 'specialist', validation_type: 'ov', qualified_until: '2027-06-30T02:00:00+02:00' },
    ],
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(appointments, [SPECIALIST, AUDITOR]);
});

test('whoever works needs a type, whoever audits has none, and nothing is said twice', () => {
  const { problems, appointments } = checkAppointments({
    appointments: [
      { role: 'reviewer', qualified_until: UNTIL },
      { role: 'auditor', validation_type: 'ev', qualified_until: UNTIL },
      SPECIALIST,
      { ...SPECIALIST, qualified_until: BEFORE },
    ],
  });
  assert.deepEqual(
    problems.map(({ message }) => message),
    [
      'appointments[0].validation_type is required of a reviewer.',
      'appointments[1].validation_type must be left out: an auditor sees all types.',
      'appointments[3] repeats appointments[2].',
    ],
  );
  assert.deepEqual(appointments, []);
});
