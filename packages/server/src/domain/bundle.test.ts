/** Bundles: which decisions are in one, which rules, and what its events look like. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openArchive } from '../../test/bundles.ts';
import { examplesOf } from '../../test/databases.ts';
import type { ArchiveMember } from './archive.ts';
import type { RecordedEvent } from './audit-chain.ts';
import {
  type BundleSubject,
  isCompletionOf,
  listRulesVersions,
  listStoodOn,
  renderEvent,
  textMember,
  writeBundle,
} from './bundle.ts';
import { checkBundle, type FoundMember } from './bundle-check.ts';

const SUBJECT: BundleSubject = {
  account_id: 1,
  organization: { id: 7, name: 'Example' },
  validation_type: 'ov',
  completion_id: 3,
  completed_at: '2026-11-21T12:00:00+00:00',
};

const EVENT: RecordedEvent = {
  ...{ id: 5, account_id: 1, occurred_at: '2026-11-21T12:00:00+00:00', actor_user_id: 12 },
  ...{ api_key_id: 1, ip_address: '127.0.0.1', request_id: 'r', action: 'validation_completed' },
  ...{ object_type: 'organization', object_id: 7, before: '', after: '{"completion_id":3}' },
};

type Decided = Parameters<typeof listStoodOn>[1][number];

/** A decision, met for `ov` unless told otherwise. */
function decision(id: number, check_id: string, more: Partial<Decided> = {}): Decided {
  const decided_at = '2026-11-20T00:00:00+00:00';
  return { id, check_id, validation_type: 'ov', outcome: 'met', decided_at, ...more };
}

const relied = (decision_id: number, check_id: string) => ({
  ...{ decision_id, check_id, since: '2026-11-20T00:00:00+00:00' },
});

const completed = (...relied_on: ReturnType<typeof relied>[]) => ({
  ...{ type: 'ov' as const, completed_at: '2026-11-21T00:00:00+00:00', relied_on },
});

const waived = { outcome: 'not_applicable' } as const;

test('a validation stood on the decisions that it relied on, and on no others', () => {
  const decisions = [decision(1, 'identity'), decision(2, 'identity'), decision(3, 'address')];
  const stood = listStoodOn(completed(relied(2, 'identity'), relied(3, 'address')), decisions);
  assert.deepEqual(
    stood.map(({ id }) => id),
    [2, 3],
  );
});

test('of checks that do not apply the last decision of the type until then counts', () => {
  const decisions = [
    decision(1, 'identity'),
    decision(2, 'assumed_name', waived),
    decision(3, 'assumed_name', waived),
    decision(4, 'assumed_name', { ...waived, validation_type: 'ev' }),
    decision(5, 'assumed_name', { ...waived, decided_at: '2026-11-22T00:00:00+00:00' }),
    decision(6, 'identity', waived),
  ];
  const stood = listStoodOn(completed(relied(1, 'identity')), decisions);
  assert.deepEqual(
    stood.map(({ id }) => id),
    [1, 3],
  );
});

test('a validation that nothing led to stood on nothing', () => {
  assert.deepEqual(listStoodOn(completed(), [decision(1, 'identity', waived)]), []);
});

test('rules are told once each, in the order of their names', () => {
  const texts = ['tls-br 2.2.6, certcentral 1', 'ev-guidelines 2.0.2, certcentral 1', ''];
  assert.deepEqual(
    listRulesVersions(texts).map(({ id, version }) => `${id}@${version}`),
    ['certcentral@1', 'ev-guidelines@2.0.2', 'tls-br@2.2.6'],
  );
});

test('an event is a line of what was recorded, without what was not', () => {
  const line = renderEvent(EVENT);
  assert.ok(line.endsWith('}\n') && !line.slice(0, -1).includes('\n'));
  const { before: _, ...told } = { ...EVENT, after: { completion_id: 3 } };
  assert.deepEqual(JSON.parse(line), told);
});

test('the event of a completion is known by the completion', () => {
  assert.equal(isCompletionOf(EVENT, 3), true);
  assert.equal(isCompletionOf(EVENT, 4), false);
  assert.equal(isCompletionOf({ ...EVENT, action: 'check_decided' }, 3), false);
  assert.equal(isCompletionOf({ ...EVENT, action: 'organization_deleted', after: '' }, 3), false);
});

/** Writes a bundle of texts. @returns its members as they would be measured, and the manifest's bytes */
async function bundleOf(texts: Readonly<Record<string, string>>) {
  async function* members(): AsyncGenerator<ArchiveMember> {
    for (const [name, text] of Object.entries(texts)) {
      yield textMember(name, [text]);
    }
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of writeBundle(SUBJECT, members())) {
    pieces.push(piece);
  }
  const found = await openArchive(Buffer.concat(pieces));
  const manifest = found.get('manifest.json') ?? Buffer.alloc(0);
  const { members: told } = JSON.parse(String(manifest)) as { members: FoundMember[] };
  const measured = told.map((member): FoundMember => ({ ...member, is_intact: true }));
  const itself: FoundMember = {
    ...{ name: 'manifest.json', size_bytes: manifest.length, sha256: '', is_intact: true },
  };
  return { manifest, members: [...measured, itself] };
}

const texts = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}\.txt$/), fc.string(), { minKeys: 1 });

test('a bundle as it was written is whole', async () => {
  await fc.assert(
    fc.asyncProperty(texts, async (contents) => {
      const { members, manifest } = await bundleOf(contents);
      const { faults, manifest: read } = checkBundle(members, manifest);
      assert.deepEqual([faults, read?.organization], [[], SUBJECT.organization]);
      assert.deepEqual(
        read?.members.map(({ name, size_bytes }) => [name, size_bytes]),
        Object.entries(contents).map(([name, text]) => [name, Buffer.byteLength(text)]),
      );
    }),
    { numRuns: examplesOf(50) },
  );
});

test('whatever is changed, taken away, put in or damaged is told by its name', async () => {
  const { members, manifest } = await bundleOf({ 'a.txt': 'one', 'b.txt': 'two' });
  const [a, b, itself] = members as [FoundMember, FoundMember, FoundMember];
  const faultsOf = (...found: FoundMember[]) => checkBundle(found, manifest).faults;
  assert.deepEqual(faultsOf(a, b, itself), []);
  assert.deepEqual(faultsOf(a, itself), ['b.txt is missing.']);
  assert.deepEqual(faultsOf(a, b, { ...a, name: 'c.txt' }, itself), [
    'c.txt is not in the manifest.',
  ]);
  assert.deepEqual(faultsOf(a, a, b, itself), ['a.txt is there 2 times.']);
  assert.deepEqual(faultsOf({ ...a, sha256: b.sha256 }, b, itself), [
    'a.txt was changed: it has another digest.',
  ]);
  assert.deepEqual(faultsOf({ ...a, size_bytes: 4 }, b, itself), ['a.txt has 4 bytes, not 3.']);
  assert.deepEqual(faultsOf(a, b, { ...itself, is_intact: false }), [
    'manifest.json does not fit the check sum that the archive has of it.',
  ]);
});

test('what has no manifest of this form is no bundle', () => {
  assert.match(checkBundle([], undefined).faults.join(), /^manifest.json is missing/);
  const forms = ['', '{', '[]', 'null', '{"format":"orgvet-bundle","format_version":2}'];
  for (const text of forms) {
    const { faults, manifest } = checkBundle([], Buffer.from(text));
    assert.match(faults.join(), /^manifest.json cannot be read/, text);
    assert.equal(manifest, undefined);
  }
});
