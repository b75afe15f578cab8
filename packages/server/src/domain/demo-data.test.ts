// Proves that the demo's organizations are ones that the API itself would have accepted, are varied
// enough to show everything, and hold the two of the document "List organizations" as they stand there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEMO_ORGANIZATIONS, DEMO_SUBACCOUNT_ORGANIZATIONS } from './demo-data.ts';
import type { DemoOrganization, DemoValidation } from './demo-data-types.ts';
import { checkOrganizationCreate, deriveDetails, detailsOf } from './organization.ts';
import { formatTime } from './time.ts';
import { getValidationType, statusAt } from './validation.ts';

const ALL = [...DEMO_ORGANIZATIONS, ...DEMO_SUBACCOUNT_ORGANIZATIONS];

const DAY_MS = 86_400_000;

/** The day on which the demo of this test is made. */
const NOW_MS = Date.UTC(2026, 10, 21, 12);

/** The vendor's longest time before a validation must be renewed. */
const VALIDITY_DAYS = 397;

/** What a client would have sent to create it. */
function createBodyOf(organization: DemoOrganization): Record<string, unknown> {
  const { id, contact, telephone, validations, verified_user_ids = [], ...details } = organization;
  return {
    ...details,
    telephone: telephone ?? (id === 1 ? '801-701-9600' : undefined),
    organization_contact: contact,
    validations: validations?.map(({ type }) => ({
      type,
      ...(getValidationType(type).requires_user && {
        verified_users: verified_user_ids.map((user_id) => ({ id: user_id })),
      }),
    })),
  };
}

function statusOf(validation: DemoValidation): string {
  const { validated_days_ago, date_created = '', validated_until = '' } = validation;
  if (validated_days_ago === undefined) {
    return statusAt({ date_created, validated_until }, formatTime(NOW_MS));
  }
  const created_ms = NOW_MS - validated_days_ago * DAY_MS;
  const times = {
    date_created: formatTime(created_ms),
    validated_until: formatTime(created_ms + VALIDITY_DAYS * DAY_MS),
  };
  return statusAt(times, formatTime(NOW_MS));
}

test('no two organizations have the same id', () => {
  assert.equal(new Set(ALL.map(({ id }) => id)).size, ALL.length);
});

test('every organization would pass the checks of a create, its verified users included', () => {
  const refused = ALL.flatMap((organization) => {
    const { problems } = checkOrganizationCreate(createBodyOf(organization));
    return problems.map(({ message }) => `${organization.id}: ${message}`);
  });
  assert.deepEqual(refused, []);
});

test('only the first organization lacks a telephone, as in the document', () => {
  assert.deepEqual(
    ALL.filter(({ telephone }) => telephone === undefined).map(({ id }) => id),
    [1],
  );
});

test('no two organizations have the same details, though some have the same name', () => {
  const fingerprints = ALL.map((organization) => {
    const { request } = checkOrganizationCreate(createBodyOf(organization));
    return deriveDetails(detailsOf(request)).fingerprint;
  });
  assert.equal(new Set(fingerprints).size, ALL.length);
  assert.ok(new Set(DEMO_ORGANIZATIONS.map(({ name }) => name)).size < DEMO_ORGANIZATIONS.length);
});

test('the organizations are of at least twelve countries', () => {
  assert.ok(new Set(DEMO_ORGANIZATIONS.map(({ country }) => country)).size >= 12);
});

test('the names are in at least five scripts', () => {
  const scripts = [
    /\p{Script=Latin}/u,
    /\p{Script=Han}/u,
    /\p{Script=Hiragana}/u,
    /\p{Script=Katakana}/u,
    /\p{Script=Hangul}/u,
    /\p{Script=Cyrillic}/u,
    /\p{Script=Greek}/u,
    /\p{Script=Arabic}/u,
    /\p{Script=Hebrew}/u,
    /\p{Script=Devanagari}/u,
    /\p{Script=Thai}/u,
    /\p{Script=Ethiopic}/u,
  ];
  const used = scripts.filter((script) => DEMO_ORGANIZATIONS.some(({ name }) => script.test(name)));
  assert.ok(used.length >= 5, String(used));
});

test('there are active and inactive organizations', () => {
  assert.ok(DEMO_ORGANIZATIONS.some(({ is_active }) => is_active === false));
  assert.ok(DEMO_ORGANIZATIONS.some(({ is_active }) => is_active === undefined));
});

test('there are validations of every status and type, and organizations without any', () => {
  const validations = DEMO_ORGANIZATIONS.flatMap(({ validations: own = [] }) => own);
  assert.deepEqual([...new Set(validations.map(statusOf))].sort(), [
    'active',
    'expired',
    'pending',
  ]);
  assert.deepEqual([...new Set(validations.map(({ type }) => type))].sort(), [
    'cs',
    'ds',
    'ev',
    'ev_cs',
    'ov',
    'smime',
  ]);
  assert.ok(DEMO_ORGANIZATIONS.some(({ validations: own = [] }) => own.length === 0));
});

test('a validation is either pending, or made some days ago, or made when a document says', () => {
  for (const { id, validations = [] } of ALL) {
    for (const { validated_days_ago, date_created, validated_until } of validations) {
      assert.equal(date_created === undefined, validated_until === undefined, String(id));
      assert.ok(validated_days_ago === undefined || date_created === undefined, String(id));
      assert.ok((validated_days_ago ?? 0) >= 0, String(id));
    }
  }
});

test('everybody has an address under a domain reserved for examples', () => {
  for (const { contact } of ALL) {
    assert.match(contact.email, /@([a-z0-9-]+\.)*(example\.(com|net|org)|example|test|invalid)$/);
  }
});

test('the two organizations of the document are there with their details', () => {
  const [digicert, example] = [1, 112233].map((id) =>
    DEMO_ORGANIZATIONS.find((organization) => organization.id === id),
  );
  const { contact: _, ...digicertDetails } = digicert ?? assert.fail('1 is missing');
  assert.deepEqual(digicertDetails, {
    id: 1,
    container_id: 4,
    name: 'DigiCert Inc.',
    address: '2801 N Thanksgiving Way',
    address2: 'Suite 500',
    city: 'Lehi',
    state: 'Utah',
    zip: '84043',
    country: 'US',
  });
  const { contact, ...exampleDetails } = example ?? assert.fail('112233 is missing');
  assert.deepEqual(exampleDetails, {
    id: 112233,
    container_id: 4,
    name: 'Example Organization Inc.',
    assumed_name: 'Example Org',
    address: '123 Fake Stree',
    address2: 'Floor 55',
    city: 'Lehi',
    state: 'ut',
    zip: '84043',
    country: 'US',
    telephone: '801-701-9600',
    validations: [
      {
        type: 'ov',
        date_created: '2018-10-09T19:29:02+00:00',
        validated_until: '2019-11-09T20:28:55+00:00',
      },
      { type: 'ev' },
    ],
    verified_user_ids: [184],
    container_id_assignments: [112234, 112235],
  });
  assert.deepEqual([contact.first_name, contact.last_name], ['Destinee', 'Church']);
});
