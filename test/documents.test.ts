/**
 * The documents' own requests, host and key replaced, sent by curl, by Python and by Node: all three get
 * the documented answers.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import type { OrganizationList } from '@orgvet/contract';
import { type App, buildApp } from '../packages/server/src/app.ts';
import { makeDatabase } from '../packages/server/test/databases.ts';

const run = promisify(execFile);
const apps: App[] = [];

after(async () => {
  for (const app of apps) {
    await app.close();
  }
});

/** The moment of the list document's example: one validation is active, one pending. */
const DOCUMENTED_TIME_MS = Date.parse('2019-01-01T00:00:00Z');

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

interface Received {
  readonly status: number;
  readonly text: string;
}

/** Python's own library: the documents use one that a machine may lack, which sends the same. */
const PYTHON = `
import sys, json, urllib.request, urllib.error
sent = json.loads(sys.argv[1])
body = sent.get("body")
request = urllib.request.Request(sent["url"], data=None if body is None else body.encode(),
                                 headers=sent["headers"], method=sent["method"])
try:
    answer = urllib.request.urlopen(request)
except urllib.error.HTTPError as error:
    answer = error
print(answer.status)
sys.stdout.write(answer.read().decode())
`;

/** A status on the first line, then the body. */
function parseOutput(output: string): Received {
  const [status = '', ...lines] = output.split('\n');
  return { status: Number(status), text: lines.join('\n') };
}

const CLIENTS: Record<string, (sent: Sent) => Promise<Received>> = {
  curl: async ({ method, url, headers, body }) => {
    const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const data = body === undefined ? [] : ['--data-raw', body];
    const format = '\n%{http_code}';
    const { stdout } = await run('curl', [
      '-sS',
      '-g',
      '-X',
      method,
      url,
      ...options,
      ...data,
      '-w',
      format,
    ]);
    const end = stdout.lastIndexOf('\n');
    return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
  },
  python3: async (sent) =>
    parseOutput((await run('python3', ['-c', PYTHON, JSON.stringify(sent)])).stdout),
  fetch: async ({ url, ...init }) => {
    const answer = await fetch(url, init);
    return { status: answer.status, text: await answer.text() };
  },
};

const OLDER_BODY = `{
"name": "Epigyne Unwieldiness llc",
"assumed_name": "Epigyne Unwieldiness",
"country": "us",
"address": "932 Prospect Street",
"address2": "Floor 08",
"city": "Minneapolis",
"state": "mn",
"zip": "40849",
"telephone": "666-186-6450",
"organization_contact": {
"first_name": "Gia",
"last_name": "Booth",
"job_title": "Clinical Laboratory Technician",
"email": "gia.booth@inbox.com",
"telephone": "666-186-6450",
"telephone_extension": "736"
}
}`;

const NEWER_DETAILS = {
  name: 'Example Organization, LLC',
  assumed_name: 'Example Organization',
  country: 'us',
  address: 'ABC Movers',
  address2: 'Floor 08',
  city: 'Springfield',
  state: 'Virginia',
  zip: '22162',
  telephone: '555-555-0100',
  organization_contact: {
    first_name: 'Jane',
    last_name: 'Doe',
    job_title: 'Manager',
    email: 'jane.doe@example.com',
    telephone: '555-555-0100',
    telephone_extension: '736',
  },
};

const NEWER_BODY = JSON.stringify(NEWER_DETAILS, null, 4);
const NEWER_BODY_WITH_VALIDATIONS = JSON.stringify(
  {
    ...NEWER_DETAILS,
    validations: [
      { type: 'ov' },
      {
        type: 'ev',
        verified_users: [
          { id: 7286246 },
          {
            first_name: 'John',
            last_name: 'Doe',
            job_title: 'Site Reliability Engineer',
            telephone: '555-555-1001',
            email: 'john.doe@example.com',
          },
        ],
      },
    ],
  },
  null,
  4,
);

/** What the list document shows of its two organizations; the readings differ in the marked members. */
const LISTED = [
  {
    id: 1,
    status: 'active',
    name: 'DigiCert Inc.',
    display_name: 'DigiCert Inc.',
    is_active: true,
    address: '2801 N Thanksgiving Way',
    address2: 'Suite 500',
    zip: '84043',
    city: 'Lehi',
    state: 'Utah',
    // Recorded in upper case, as newer answers are.
    country: 'US',
    container: { id: 4, parent_id: 0, name: 'DigiCert Inc.', is_active: true },
  },
  {
    id: 112233,
    status: 'active',
    name: 'Example Organization Inc.',
    assumed_name: 'Example Org',
    // By the documented rule, name and assumed name; the sample itself does not follow it.
    display_name: 'Example Organization Inc. (Example Org)',
    is_active: true,
    address: '123 Fake Stree',
    address2: 'Floor 55',
    zip: '84043',
    city: 'Lehi',
    state: 'ut',
    country: 'US',
    telephone: '801-701-9600',
    container: { id: 4, parent_id: 0, name: 'DigiCert Inc.', is_active: true },
    container_id_assignments: ['112234', '112235'],
  },
];

const LISTED_VALIDATIONS = [
  {
    type: 'ov',
    name: 'OV',
    description: 'Normal Organization Validation',
    date_created: '2018-10-09T19:29:02+00:00',
    validated_until: '2019-11-09T20:28:55+00:00',
    status: 'active',
  },
  {
    type: 'ev',
    name: 'EV',
    description: 'Extended Organization Validation (EV)',
    status: 'pending',
  },
];

const LISTED_APPROVERS = [{ id: 184, first_name: 'Destinee', last_name: 'Church' }];

async function hasClient(name: string): Promise<boolean> {
  return (
    name === 'fetch' ||
    run(name, ['--version']).then(
      () => true,
      () => false,
    )
  );
}

for (const [name, send] of Object.entries(CLIENTS)) {
  const missing = (await hasClient(name)) ? false : `${name} is not on this machine`;

  test(`the documents' requests get the documented answers by ${name}`, {
    skip: missing,
  }, async () => {
    const database = await makeDatabase();
    const clock = { now_ms: () => DOCUMENTED_TIME_MS };
    const app = await buildApp({ database, seed: 'demo', log_level: 'silent' }, clock);
    apps.push(app);
    const origin = await app.server.listen({ host: '127.0.0.1', port: 0 });
    const url = `${origin}/services/v2/organization`;
    const headers = {
      'Content-Type': 'application/json',
      'X-DC-DEVKEY': app.accounts[0]?.keys.administrator ?? '',
    };

    for (const body of [OLDER_BODY, NEWER_BODY]) {
      const created = await send({ method: 'POST', url, headers, body });
      assert.equal(created.status, 201, created.text);
      assert.match(created.text, /^\{"id":\d+\}$/);
    }
    const duplicate = await send({
      method: 'POST',
      url,
      headers,
      body: NEWER_BODY_WITH_VALIDATIONS,
    });
    assert.equal(duplicate.status, 400);
    assert.match(duplicate.text, /"code":"duplicate_organization"/);
    const forced = JSON.stringify({
      ...JSON.parse(NEWER_BODY_WITH_VALIDATIONS),
      skip_duplicate_org_check: true,
    });
    const submitted = await send({ method: 'POST', url, headers, body: forced });
    assert.equal(submitted.status, 201, submitted.text);

    const list = await send({ method: 'GET', url: `${url}?limit=2`, headers });
    assert.equal(list.status, 200);
    const { organizations, page } = JSON.parse(list.text) as OrganizationList;
    assert.deepEqual(
      organizations.map(({ is_hidden, ...organization }) => organization),
      LISTED,
    );
    assert.deepEqual(page, { total: 67, limit: 2, offset: 0 });

    const detailed = await send({ method: 'GET', url: `${url}?include_validation=true`, headers });
    const [, second] = (JSON.parse(detailed.text) as OrganizationList).organizations;
    assert.deepEqual(
      second?.validations?.map(({ verified_users, ...validation }) => validation),
      LISTED_VALIDATIONS,
    );
    assert.deepEqual(second?.ev_approvers, LISTED_APPROVERS);

    for (const search of ['%example', '%25example', 'digicert%20inc.']) {
      const found = await send({ method: 'GET', url: `${url}?filters[search]=${search}`, headers });
      assert.equal(found.status, 200, found.text);
      assert.ok((JSON.parse(found.text) as OrganizationList).page.total >= 1, search);
    }
    const wrongKey = await send({
      method: 'GET',
      url,
      headers: { ...headers, 'X-DC-DEVKEY': '{{api_key}}' },
    });
    assert.equal(wrongKey.status, 403);
    assert.equal(
      wrongKey.text,
      '{"errors":[{"code":"access_denied|access_denied_invalid_key","message":"Access denied due to access_denied_invalid_key."}]}',
    );
  });
}
