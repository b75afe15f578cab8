// Proves where a container stands in its tree, on trees of every shape.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ContainerNode, depthOf, listWithDescendants } from './containers.ts';

/** Trees: each container but the first is below one that was there before it, listed in any order. */
const trees = fc
  .array(fc.nat(), { minLength: 1, maxLength: 40 })
  .map((choices) =>
    choices.map((choice, index): ContainerNode => {
      return { id: 100 + index, parent_id: index === 0 ? 0 : 100 + (choice % index) };
    }),
  )
  .chain((tree) => fc.shuffledSubarray(tree, { minLength: tree.length }));

/** The model: the ids from a container up to the root, found one by one. */
function pathOf(tree: readonly ContainerNode[], id: number): number[] {
  const node = tree.find((one) => one.id === id);
  return node === undefined ? [] : [id, ...pathOf(tree, node.parent_id)];
}

const anyOf = (tree: readonly ContainerNode[]) =>
  fc.record({
    tree: fc.constant(tree),
    ids: fc.subarray(tree.map(({ id }) => id)),
  });

test('with its descendants are those whose way to the root passes it, in rising order', () => {
  fc.assert(
    fc.property(trees.chain(anyOf), ({ tree, ids }) => {
      const expected = tree
        .map(({ id }) => id)
        .filter((id) => pathOf(tree, id).some((above) => ids.includes(above)))
        .sort((a, b) => a - b);
      assert.deepEqual(listWithDescendants(tree, ids), expected);
    }),
  );
});

test('what is not in the tree has no descendants, not even the root as a child of nothing', () => {
  const tree = [
    { id: 4, parent_id: 0 },
    { id: 5, parent_id: 4 },
  ];
  assert.deepEqual(listWithDescendants(tree, [0, 99]), []);
});

test('the depth of a container is the number of containers above it', () => {
  fc.assert(
    fc.property(trees, (tree) => {
      for (const { id } of tree) {
        assert.equal(depthOf(tree, id), pathOf(tree, id).length - 1);
      }
    }),
  );
});

test('a container that is above itself is told of instead of being counted for ever', () => {
  const tree = [
    { id: 5, parent_id: 6 },
    { id: 6, parent_id: 5 },
  ];
  assert.throws(() => depthOf(tree, 5), /above itself/);
});
