/** The parsing of orders and searches that all lists share. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '@orgvet/contract';
import fc from 'fast-check';
import { fold } from './fold.ts';
import { parseSearch, parseSort } from './list-query.ts';

const PROPERTIES = ['id', 'name', 'status'] as const;

const sort = (text: string) => {
  const problems: Problem[] = [];
  return { steps: parseSort(text, PROPERTIES, 'id', problems), problems };
};

test('an order is its steps, each up or down, and the tie at the end', () => {
  assert.deepEqual(sort('-name,status'), {
    steps: [
      { property: 'name', is_descending: true },
      { property: 'status', is_descending: false },
      { property: 'id', is_descending: false },
    ],
    problems: [],
  });
  assert.deepEqual(sort('').steps, [{ property: 'id', is_descending: false }]);
});

test('a property that is repeated changes nothing, and the tie may be anywhere', () => {
  assert.deepEqual(sort('-id,name,-name,id').steps, [
    { property: 'id', is_descending: true },
    { property: 'name', is_descending: false },
  ]);
});

test('every name that is no property is told, with those that there are', () => {
  const { problems } = sort(`colour,-size,name,,${'x'.repeat(200)}`);
  assert.equal(problems.length, 4);
  assert.ok(problems.every(({ code }) => code === 'invalid_sort'));
  assert.equal(problems[0]?.message, 'sort has no property "colour"; it has id, name, status.');
  assert.ok((problems[3]?.message.length ?? 0) < 200);
});

test('an order has every property once at most, in the order they were first named, and the tie', () => {
  const step = fc.tuple(fc.constantFrom(...PROPERTIES), fc.boolean());
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (asked) => {
      const text = asked.map(([name, isDown]) => `${isDown ? '-' : ''}${name}`).join(',');
      const { steps, problems } = sort(text);
      const named = [...new Set([...asked.map(([name]) => name), 'id'])];
      assert.deepEqual(problems, []);
      assert.deepEqual(
        steps.map(({ property }) => property),
        named,
      );
      for (const { property, is_descending } of steps) {
        const first = asked.find(([name]) => name === property);
        assert.equal(is_descending, first?.[1] ?? false);
      }
    }),
  );
});

test('a leading % asks for texts that contain the rest, which is folded', () => {
  assert.deepEqual(parseSearch('%ÉCOLE'), { kind: 'contains', term_folded: 'école' });
  assert.deepEqual(parseSearch('%%'), { kind: 'contains', term_folded: '%' });
  assert.deepEqual(parseSearch('Straße'), { kind: 'equals', term_folded: fold('STRASSE') });
  assert.deepEqual(parseSearch('100%'), { kind: 'equals', term_folded: '100%' });
});
