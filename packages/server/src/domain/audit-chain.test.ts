// Proves how an event becomes a line of the audit log, and that the form never changes: exports of today
// must be provable for ever.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { AuditLogEntry } from '@orgvet/contract';
import fc from 'fast-check';
import {
  BEGINNING,
  checkAuditLogQuery,
  followChain,
  type RecordedEvent,
  readLine,
  renderEnd,
  renderEntry,
  type Seal,
  sealEvent,
} from './audit-chain.ts';

const EVENT: RecordedEvent = {
  id: 72,
  account_id: 1,
  occurred_at: '2026-11-21T12:00:00+00:00',
  actor_user_id: 12,
  api_key_id: 1,
  ip_address: '127.0.0.1',
  request_id: 'f59d3fb3ec84-1',
  action: 'organization_changed',
  object_type: 'organization',
  object_id: 300006,
  before: '{"name":"Épigyne \\"llc\\""}',
  after: '{"name":"Epigyne","validations":[{"type":"ov"}]}',
};

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const lineOf = (event: RecordedEvent) =>
  renderEntry({ ...event, ...sealEvent(event, BEGINNING) }, BEGINNING.hash);

test('an entry is written so, and no otherwise', () => {
  assert.equal(
    lineOf(EVENT),
    '{"sequence":1,"id":72,"account_id":1,"occurred_at":"2026-11-21T12:00:00+00:00",' +
      '"actor_user_id":12,"api_key_id":1,"ip_address":"127.0.0.1","request_id":"f59d3fb3ec84-1",' +
      '"action":"organization_changed","object_type":"organization","object_id":300006,' +
      '"before":{"name":"Épigyne \\"llc\\""},' +
      '"after":{"name":"Epigyne","validations":[{"type":"ov"}]},' +
      '"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000",' +
      '"hash":"08c49f0877105c2707daf96713d1fdbd8c6c576d80bf9d5f9d07ef0e0165da75"}',
  );
});

test('the hash of a line is that of its bytes without the last member', () => {
  const end = renderEnd({
    ...{ account_id: 1, entries: 0, last_sequence: 0, head: BEGINNING.hash },
    exported_at: '2026-11-21T12:00:00+00:00',
  });
  for (const line of [lineOf(EVENT), lineOf({ ...EVENT, before: '', after: '' }), end]) {
    const [, rest, kept] = /^(.*),"hash":"([0-9a-f]{64})"\}$/.exec(line) ?? [];
    assert.equal(kept, sha256(`${rest}}`));
  }
});

test('what was not recorded is left out, and what is no JSON object stands there as a text', () => {
  const { before, ...created } = JSON.parse(lineOf({ ...EVENT, before: '', after: '{"a":1}' }));
  assert.deepEqual([before, created.after], [undefined, { a: 1 }]);
  for (const text of ['{"name":', 'null', '7', '"text"', 'x']) {
    assert.equal(JSON.parse(lineOf({ ...EVENT, after: text })).after, text);
  }
});

/** Events as they are kept, each sealed behind the one before it. */
function sealAll(count: number): (RecordedEvent & Seal)[] {
  let last = BEGINNING;
  return Array.from({ length: count }, (_, index) => {
    const event = { ...EVENT, id: index + 1, object_id: index + 1 };
    last = sealEvent(event, last);
    return { ...event, ...last };
  });
}

test('what is kept as it was sealed fits, from any entry on', () => {
  const events = sealAll(9);
  for (const [from, previous] of [BEGINNING, ...events.slice(0, -1)].entries()) {
    const { last, fault } = followChain(events.slice(from), previous);
    assert.deepEqual([last.sequence, last.hash, fault], [9, events[8]?.hash, undefined]);
  }
  assert.deepEqual(followChain([], BEGINNING), { last: BEGINNING });
});

test('the first entry that was changed since, or is missing, is told, and all before it fits', () => {
  const change = fc.constantFrom<Partial<RecordedEvent & Seal>>(
    { actor_user_id: 13 },
    { occurred_at: '2026-11-21T12:00:01+00:00' },
    { after: '{"name":"Other"}' },
    { account_id: 2 },
    { hash: sha256('other') },
  );
  const tampering = fc.record({ count: fc.integer({ min: 2, max: 12 }), at: fc.nat(), change });
  fc.assert(
    fc.property(tampering, ({ count, at, change: changes }) => {
      const events = sealAll(count);
      const place = (at % count) + 1;
      const changed = events.map((event) =>
        event.sequence === place ? { ...event, ...changes } : event,
      );
      const told = followChain(changed, BEGINNING);
      assert.deepEqual(
        [told.fault, told.last.sequence],
        [{ sequence: place, what: 'changed' }, place - 1],
      );
      const rest = events.filter(({ sequence }) => sequence !== place);
      const expected = place === count ? undefined : { sequence: place, what: 'missing' };
      assert.deepEqual(followChain(rest, BEGINNING).fault, expected);
    }),
  );
});

test('an entry takes its place and its hash from the one before it', () => {
  const first = sealEvent(EVENT, BEGINNING);
  const second = sealEvent(EVENT, first);
  assert.deepEqual([first.sequence, second.sequence], [1, 2]);
  const other = sealEvent(EVENT, { ...first, hash: sha256('other') });
  assert.equal(new Set([first.hash, second.hash, other.hash]).size, 3);
});

const anyText = fc.string({ unit: 'binary' });
const anyObject = fc.oneof(
  fc.constant(''),
  fc.dictionary(anyText, fc.jsonValue()).map((value) => JSON.stringify(value)),
);
const anyEvent: fc.Arbitrary<RecordedEvent> = fc.record({
  id: fc.maxSafeNat(),
  account_id: fc.maxSafeNat(),
  occurred_at: anyText,
  actor_user_id: fc.maxSafeNat(),
  api_key_id: fc.maxSafeNat(),
  ip_address: anyText,
  request_id: anyText,
  action: anyText,
  object_type: anyText,
  object_id: fc.maxSafeNat(),
  before: anyObject,
  after: anyObject,
});

test('whatever is recorded is on one line, and is read again as it was written', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const line = lineOf(event);
      assert.ok(!line.includes('\n'));
      const read = readLine(line, JSON.parse(line));
      assert.equal(read?.is_intact, true);
      const textOf = (value: unknown) => (value === undefined ? '' : JSON.stringify(value));
      const { sequence, previous_hash, hash, ...members } = JSON.parse(line) as AuditLogEntry;
      const [before, after] = [textOf(members.before), textOf(members.after)];
      assert.deepEqual({ ...members, before, after }, { ...event });
    }),
  );
});

test('two events of different members never have one hash', () => {
  fc.assert(
    fc.property(
      anyEvent,
      anyEvent,
      fc.constantFrom(...(Object.keys(EVENT) as never[])),
      (...some) => {
        const [event, other, member] = some;
        const mixed = { ...event, [member]: other[member] };
        const isSame = JSON.stringify(mixed) === JSON.stringify(event);
        const hashes = [sealEvent(event, BEGINNING).hash, sealEvent(mixed, BEGINNING).hash];
        assert.equal(hashes[0] === hashes[1], isSame);
      },
    ),
  );
});

test('a line that has other members, or none of the kind that they are, is none of the log', () => {
  const line = JSON.parse(lineOf(EVENT));
  const { hash, ...unsealed } = line;
  const changes = [
    { ...line, more: 1 },
    { ...line, sequence: 0 },
    { ...line, sequence: 1.5 },
    { ...line, sequence: '1' },
    { ...line, id: -1 },
    { ...line, action: null },
    { ...line, hash: hash.toUpperCase() },
    { hash, ...unsealed },
    unsealed,
    [],
    null,
    'x',
    {},
  ];
  for (const change of changes) {
    assert.equal(readLine(JSON.stringify(change), change), undefined, JSON.stringify(change));
  }
  assert.equal(readLine(`${JSON.stringify(line)} `, line), undefined);
});

test('a part is asked for by its first and its last entry', () => {
  const all = { from_sequence: 1, to_sequence: Number.MAX_SAFE_INTEGER };
  const rangeOf = (query: Record<string, unknown>) => {
    const { problems, range } = checkAuditLogQuery(query);
    return problems.length > 0 ? problems.map(({ code }) => code) : range;
  };
  assert.deepEqual(rangeOf({}), all);
  assert.deepEqual(rangeOf({ from_sequence: '5' }), { ...all, from_sequence: 5 });
  const one = { from_sequence: '5', to_sequence: '5' };
  assert.deepEqual(rangeOf(one), { from_sequence: 5, to_sequence: 5 });
  assert.deepEqual(rangeOf({ ...one, to_sequence: '4' }), ['invalid_to_sequence']);
  assert.deepEqual(rangeOf({ from_sequence: '0' }), ['invalid_from_sequence']);
  assert.deepEqual(rangeOf({ to_sequence: 'x' }), ['invalid_to_sequence']);
  const filter = { 'filters[organization_id]': '1' };
  assert.deepEqual(rangeOf(filter), ['unknown_filter|organization_id']);
});
