// Proves that whatever is done to an export of the audit log is found, and where.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BEGINNING, type RecordedEvent, renderEnd, renderEntry, sealEvent } from './audit-chain.ts';
import { AuditLogFault, AuditLogVerifier } from './audit-verification.ts';

const EXPORTED_AT = '2026-11-21T12:00:00+00:00';
const ACCOUNT = 7;

type Told = Pick<RecordedEvent, 'before' | 'after' | 'request_id'>;

function eventOf(told: Told, index: number, account_id = ACCOUNT): RecordedEvent {
  return {
    ...{ id: 10 + index, account_id, occurred_at: EXPORTED_AT, actor_user_id: 12, api_key_id: 3 },
    ...{ ip_address: '::1', action: 'changed', object_type: 'organization', object_id: 5 },
    ...told,
  };
}

/** The lines of an export: entries behind some others, and the last line. */
function renderExport(events: readonly RecordedEvent[], before = BEGINNING): string[] {
  let last = before;
  const lines = events.map((event) => {
    const seal = sealEvent(event, last);
    const line = renderEntry({ ...event, ...seal }, last.hash);
    last = seal;
    return `${line}\n`;
  });
  const { sequence: last_sequence, hash: head } = last;
  const account_id = events[0]?.account_id ?? ACCOUNT;
  const end = { account_id, entries: events.length, last_sequence, head, exported_at: EXPORTED_AT };
  return [...lines, `${renderEnd(end)}\n`];
}

const told = (count: number, text = 'x') =>
  Array.from({ length: count }, (_, index) =>
    eventOf({ before: '', after: `{"name":"${text} ${index}"}`, request_id: 'r' }, index),
  );

const EVENTS = told(5);
const LINES = renderExport(EVENTS);

const hashOf = (line = '') => /"(?:hash)":"([0-9a-f]{64})"\}\n$/.exec(line)?.[1] ?? '';

/** What follows the first entries of `LINES`. */
function renderRest(count: number): string[] {
  const before = { sequence: count, hash: hashOf(LINES[count - 1]) };
  return renderExport(EVENTS.slice(count), before);
}

async function* piecesOf(bytes: Uint8Array, size = bytes.length): AsyncIterable<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.subarray(start, start + size);
  }
}

async function verify(files: readonly (string | Uint8Array)[], noted_head?: string, size?: number) {
  const verifier = new AuditLogVerifier(noted_head);
  for (const file of files) {
    await verifier.readFile(piecesOf(Buffer.from(file), size));
  }
  return verifier.finish();
}

/** The fault that is found in the last of some files. */
async function findFault(...files: readonly (string | Uint8Array)[]): Promise<AuditLogFault> {
  try {
    await verify(files);
  } catch (error) {
    assert.ok(error instanceof AuditLogFault, String(error));
    return error;
  }
  return assert.fail('Nothing was found.');
}

test('an export is proved, whole or of an empty log', async () => {
  const proved = { account_id: ACCOUNT, exported_at: EXPORTED_AT };
  assert.deepEqual(await verify([LINES.join('')]), {
    ...{ ...proved, first_sequence: 1, last_sequence: 5, head: hashOf(LINES[4]) },
  });
  assert.deepEqual(await verify([renderExport([]).join('')]), {
    ...{ ...proved, first_sequence: 0, last_sequence: 0, head: BEGINNING.hash },
  });
});

test('parts are proved that follow one another, and one that begins later', async () => {
  const [first, second] = [renderExport(EVENTS.slice(0, 2)), renderRest(2)];
  const nothing = renderRest(5);
  const files = [first, second, nothing].map((lines) => lines.join(''));
  const { first_sequence, last_sequence, head } = await verify(files);
  assert.deepEqual([first_sequence, last_sequence, head], [1, 5, hashOf(LINES[4])]);
  assert.equal((await verify([second.join('')])).first_sequence, 3);
  assert.equal((await verify([nothing.join(''), nothing.join('')])).last_sequence, 5);
});

const without = (index: number) => LINES.filter((_, other) => other !== index);
const replaced = (index: number, line: string) => LINES.with(index, line);

/** The third entry, sealed anew after a change. */
const FORGED = renderExport(
  [eventOf({ before: '', after: '{"name":"forged"}', request_id: 'r' }, 2)],
  { sequence: 2, hash: hashOf(LINES[1]) },
)[0] as string;

const [line1 = '', line2 = '', line3 = '', line4 = '', line5 = '', end = ''] = LINES;

/** What was done, and what is found: kind, line, entry. */
const DEEDS: readonly (readonly [string, readonly string[], string, number, number | undefined])[] =
  [
    ['an entry in the middle is taken out', without(2), 'missing', 3, 3],
    ['the first entry is taken out', without(0), 'missing', 5, 6],
    ['the last entry is taken out', without(4), 'missing', 5, 5],
    ['all entries are taken out', [end], 'missing', 1, 6],
    ['two entries change places', [line1, line3, line2, line4, line5, end], 'out of order', 2, 2],
    [
      'an entry is moved to the end',
      [line1, line3, line4, line5, line2, end],
      'out of order',
      2,
      2,
    ],
    ['an entry stands there twice', [line1, line2, line2, line3], 'out of order', 3, 3],
    ['the last line is taken out', without(5), 'cut off', 6, 6],
    ['the end is missing', LINES.slice(0, 3), 'cut off', 4, 4],
    ['it ends within a line', [line1, line2.slice(0, 50)], 'cut off', 2, 2],
    ['the last line end is taken out', replaced(5, end.trimEnd()), 'cut off', 6, 6],
    ['nothing is left', [], 'cut off', 1, undefined],
    ['a word is changed', replaced(1, line2.replace('"x 1"', '"y 1"')), 'changed', 2, 2],
    [
      'the hash is changed',
      replaced(1, line2.replace(hashOf(line2), hashOf(line1))),
      'changed',
      2,
      2,
    ],
    ['an entry is sealed anew', replaced(2, FORGED), 'changed', 4, 4],
    [
      'members change places',
      replaced(0, line1.replace(/("sequence":1),("id":10)/, '$2,$1')),
      'changed',
      1,
      undefined,
    ],
    ['a blank is put in', replaced(3, line4.replace(':', ': ')), 'changed', 4, 4],
    ['a line begins with a mark', replaced(0, `\uFEFF${line1}`), 'not JSON', 1, undefined],
    [
      'lines end otherwise',
      LINES.map((line) => line.replace('\n', '\r\n')),
      'changed',
      1,
      undefined,
    ],
    ['a line is blank', [line1, '\n', line2], 'not JSON', 2, 2],
    ['a line is something else', [line1, '{}\n', line2], 'changed', 2, 2],
    ['something stands at the end', [...LINES, '\n'], 'changed', 7, 6],
    ['something stands at the end without a line end', [...LINES, 'x'], 'changed', 7, 6],
    ['it is there twice', [...LINES, ...LINES], 'changed', 7, 6],
    [
      'the count is of others',
      [line1, line2, line3, line4, line5, renderRest(3).at(-1) ?? ''],
      'changed',
      6,
      6,
    ],
    [
      'the last line is of another log',
      [...LINES.slice(0, 5), renderExport(told(5, 'y')).at(-1) ?? ''],
      'changed',
      6,
      6,
    ],
    [
      'an entry is of another account',
      [
        line1,
        renderExport([eventOf({ before: '', after: '', request_id: '' }, 1, 8)], {
          sequence: 1,
          hash: hashOf(line1),
        })[0] ?? '',
      ],
      'changed',
      2,
      2,
    ],
    [
      'a log begins with another hash',
      renderExport(EVENTS, { sequence: 0, hash: hashOf(line1) }),
      'changed',
      1,
      1,
    ],
  ];

for (const [deed, lines, ...expected] of DEEDS) {
  test(`it is found where ${deed}`, async () => {
    const { kind, line, sequence, message } = await findFault(lines.join(''));
    assert.deepEqual([kind, line, sequence], expected, message);
  });
}

test('bytes that are no UTF-8 are found, though they read as what the hash was made of', async () => {
  const lines = renderExport([eventOf({ before: '', after: '', request_id: '\uFFFD' }, 0)]);
  const bytes = Buffer.from(lines.join(''));
  const place = bytes.indexOf('\uFFFD');
  const broken = Buffer.concat([
    bytes.subarray(0, place),
    Buffer.from([0xff]),
    bytes.subarray(place + 3),
  ]);
  assert.equal(broken.toString(), bytes.toString());
  assert.equal((await findFault(broken)).kind, 'changed');
});

test('parts that do not follow one another are found, with the line in their own file', async () => {
  const first = renderExport(EVENTS.slice(0, 2)).join('');
  const gap = await findFault(first, renderRest(3).join(''));
  assert.deepEqual([gap.kind, gap.line, gap.sequence], ['missing', 1, 3]);
  const again = await findFault(first, first);
  assert.deepEqual([again.kind, again.line, again.sequence], ['out of order', 1, 3]);
  const other = { sequence: 2, hash: hashOf(renderExport(told(2, 'y'))[1]) };
  const another = await findFault(first, renderExport(EVENTS.slice(2), other).join(''));
  assert.deepEqual([another.kind, another.line, another.sequence], ['changed', 1, 3]);
});

test('a log that was sealed anew is told only by a head that was noted before', async () => {
  const forged = renderExport(EVENTS.with(1, told(2, 'forged')[1] ?? assert.fail())).join('');
  await verify([forged]);
  await verify([forged], hashOf(LINES[0]));
  await assert.rejects(verify([forged], hashOf(LINES[1])), /^Error: No entry has the head/);
});

test('a noted head may be of any entry, of what came before, or of the empty log', async () => {
  for (const head of [BEGINNING.hash, ...LINES.slice(0, 5).map(hashOf)]) {
    await verify([LINES.join('')], head);
  }
  await verify([renderRest(3).join('')], hashOf(LINES[2]));
  await assert.rejects(verify([renderRest(3).join('')], hashOf(LINES[1])));
  await verify([renderExport([]).join('')], BEGINNING.hash);
});

test('nothing is proved where nothing was read', () => {
  assert.throws(() => new AuditLogVerifier().finish());
});

/** The first line in which two files differ, from 1; a line ends behind its line end. */
function firstDifference(one: Uint8Array, other: Uint8Array): number {
  const [ones, others] = [one, other].map((bytes) =>
    Buffer.from(bytes)
      .toString('latin1')
      .split(/(?<=\n)/),
  );
  const index = ones?.findIndex((line, place) => line !== others?.[place]) ?? -1;
  return (index === -1 ? (ones?.length ?? 0) : index) + 1;
}

/** A byte is taken out, put in, or made another one. */
function damage(bytes: Uint8Array, deed: string, place: number, byte: number): Uint8Array {
  const added =
    { remove: [], insert: [byte], change: [(bytes[place] ?? 0) ^ (byte || 1)] }[deed] ?? [];
  const rest = bytes.subarray(deed === 'insert' ? place : place + 1);
  return Buffer.concat([bytes.subarray(0, place), Buffer.from(added), rest]);
}

const anyTold: fc.Arbitrary<Told> = fc.record({
  before: fc.constantFrom('', '{"a":[1,{"b":null}]}', '{"é":"\\n"}'),
  after: fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
  request_id: fc.string({ unit: 'binary' }),
});

test('any single byte that is changed, added or removed in any log is found, in its line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyTold, { maxLength: 4 }),
      fc.constantFrom('remove', 'insert', 'change'),
      fc.nat(),
      fc.integer({ min: 0, max: 255 }),
      async (all, deed, somewhere, byte) => {
        const bytes = Buffer.from(
          renderExport(all.map((one, index) => eventOf(one, index))).join(''),
        );
        await verify([bytes]);
        const place = somewhere % (bytes.length + Number(deed === 'insert'));
        const damaged = damage(bytes, deed, place, byte);
        const { line } = await findFault(damaged);
        assert.equal(line, firstDifference(bytes, damaged));
      },
    ),
    { numRuns: 1000 },
  );
});

test('every byte of a log counts', async () => {
  const bytes = Buffer.from(renderExport(told(2)).join(''));
  for (let place = 0; place < bytes.length; place += 1) {
    for (const [deed, byte] of [
      ['remove', 0],
      ['insert', 32],
      ['insert', 10],
      ['change', 32],
      ['change', 1],
    ] as const) {
      const damaged = damage(bytes, deed, place, byte);
      const { line } = await findFault(damaged);
      assert.equal(line, firstDifference(bytes, damaged), `${deed} ${byte} at ${place}`);
    }
  }
});

test('it does not matter in which pieces a file comes', async () => {
  const expected = await verify([LINES.join('')]);
  const broken = replaced(3, line4.replace('"x 3"', '"y 3"')).join('');
  for (const size of [1, 2, 7, 100, 511, 512, 513]) {
    assert.deepEqual(await verify([LINES.join('')], undefined, size), expected);
    await assert.rejects(
      verify([broken], undefined, size),
      /^AuditLogFault: line 4, entry 4: changed/,
    );
  }
});
