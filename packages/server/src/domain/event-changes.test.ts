// Proves that an event tells the fields that differ, and nothing of those that do not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findRecorded, listEventChanges } from './event-changes.ts';

const changes = (before: object | undefined, after: object | undefined) =>
  listEventChanges({
    before: before === undefined ? '' : JSON.stringify(before),
    after: after === undefined ? '' : JSON.stringify(after),
  });

test('only fields that differ are told, with what they were and what they are', () => {
  assert.deepEqual(
    changes({ name: 'Old', city: 'Bonn', zip: '1' }, { name: 'New', city: 'Bonn', state: 'NW' }),
    [
      { field: 'name', before: 'Old', after: 'New' },
      { field: 'zip', before: '1' },
      { field: 'state', after: 'NW' },
    ],
  );
});

test('a creation tells all that is there since, a deletion all that was', () => {
  assert.deepEqual(changes(undefined, { name: 'New', is_active: false }), [
    { field: 'name', after: 'New' },
    { field: 'is_active', after: false },
  ]);
  assert.deepEqual(changes({ name: 'Old' }, undefined), [{ field: 'name', before: 'Old' }]);
});

test('what is empty, null or missing is absent, and false and 0 are not', () => {
  assert.deepEqual(changes({ a: '', b: null, c: 0 }, { b: '', d: null, c: false }), [
    { field: 'c', before: 0, after: false },
  ]);
});

test('fields of nested objects are told by the way to them, one by one', () => {
  assert.deepEqual(
    changes(
      { contact: { name: 'Jane', phone: { number: '1', extension: '2' } } },
      { contact: { name: 'Jane', phone: { number: '3' } }, note: { text: 'x' } },
    ),
    [
      { field: 'contact.phone.number', before: '1', after: '3' },
      { field: 'contact.phone.extension', before: '2' },
      { field: 'note.text', after: 'x' },
    ],
  );
});

test('lists are values as a whole, and the order of the members of an object is nothing', () => {
  assert.deepEqual(changes({ ids: [1, 2] }, { ids: [2, 1] }), [
    { field: 'ids', before: [1, 2], after: [2, 1] },
  ]);
  assert.deepEqual(changes({ all: [{ a: 1, b: 2 }] }, { all: [{ b: 2, a: 1 }] }), []);
});

test('an object in the place of a value is told as one change', () => {
  assert.deepEqual(changes({ a: 'text' }, { a: { b: 1 } }), [
    { field: 'a', before: 'text', after: { b: 1 } },
  ]);
});

test('names that every object has are fields like others', () => {
  const after = '{"constructor":"x","__proto__":{"y":1}}';
  assert.deepEqual(listEventChanges({ before: '{"toString":"z"}', after }), [
    { field: 'toString', before: 'z' },
    { field: 'constructor', after: 'x' },
    { field: '__proto__.y', after: 1 },
  ]);
});

test('a recorded member is told as it is since, or else as it was', () => {
  const event = { before: '{"type":"ov","user_id":1}', after: '{"type":"ev"}' };
  assert.deepEqual(
    ['type', 'user_id', 'name'].map((field) => findRecorded(event, field)),
    ['ev', 1, undefined],
  );
});

const documents = fc.dictionary(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(
    fc.constantFrom('x', 'y', 1, true, ['x'], ['x', 'y']),
    fc.dictionary(fc.constantFrom('d', 'e'), fc.constantFrom('x', 2)),
  ),
  { noNullPrototype: true },
);

/** Puts changes into a document that has no lists of objects. */
function apply(document: object, list: ReturnType<typeof changes>, side: 'before' | 'after') {
  const result = structuredClone(document) as Record<string, unknown>;
  for (const change of list) {
    const [first = '', second] = change.field.split('.');
    if (second === undefined) {
      result[first] = change[side];
    } else {
      result[first] = { ...(result[first] as object), [second]: change[side] };
    }
  }
  return changes(undefined, result);
}

test('with its changes one document becomes the other, and back', () => {
  fc.assert(
    fc.property(documents, documents, (before, after) => {
      const list = changes(before, after);
      assert.deepEqual(new Set(apply(before, list, 'after')), new Set(changes(undefined, after)));
      assert.deepEqual(new Set(apply(after, list, 'before')), new Set(changes(undefined, before)));
    }),
  );
});

test('a document differs from itself in nothing', () => {
  fc.assert(
    fc.property(documents, (document) => assert.deepEqual(changes(document, document), [])),
  );
});
