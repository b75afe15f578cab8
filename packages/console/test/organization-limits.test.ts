/** The limits that the form of an organization counts by are those that the server refuses by. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMBINED_NAME_MAX_LENGTH, OrganizationCreateRequest } from '@orgvet/contract';
import { LIMITS, NAMES_LIMIT } from '../src/pages/organization-form/limits.ts';

interface Property {
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Property>>;
}

/** Every limit in a schema, by the path of its field as error codes have it. */
function listLimits({ properties = {} }: Property, path = ''): [string, number][] {
  return Object.entries(properties).flatMap(([name, property]): [string, number][] => {
    const here = `${path}${name}`;
    const { maxLength } = property;
    return [
      ...(maxLength === undefined ? [] : [[here, maxLength] as [string, number]]),
      ...listLimits(property, `${here}_`),
    ];
  });
}

test('the form counts every field by the limit of the contract', () => {
  const { organization_contact_language_id: _, ...limits } = Object.fromEntries(
    listLimits(OrganizationCreateRequest as Property),
  );
  assert.deepEqual({ ...LIMITS }, limits);
});

test('both names together are counted by the limit of the contract', () => {
  assert.equal(NAMES_LIMIT, COMBINED_NAME_MAX_LENGTH);
});
