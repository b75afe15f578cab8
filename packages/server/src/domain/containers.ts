/** The tree of containers: what is below what, and how far down it goes. Pure. */

/** As much of a container as its place in the tree. */
export interface ContainerNode {
  readonly id: number;
  readonly parent_id: number;
}

/** So many levels there can be below the root. */
export const CONTAINER_DEPTH_MAX = 20;

/** The ids of some containers and of all below them, in rising order. */
export function listWithDescendants(
  containers: readonly ContainerNode[],
  ids: readonly number[],
): number[] {
  const children = Map.groupBy(containers, ({ parent_id }) => parent_id);
  const found = new Set<number>();
  const visit = (id: number): void => {
    if (!found.has(id)) {
      found.add(id);
      for (const child of children.get(id) ?? []) {
        visit(child.id);
      }
    }
  };
  const known = new Set(containers.map(({ id }) => id));
  for (const id of ids.filter((one) => known.has(one))) {
    visit(id);
  }
  return [...found].sort((a, b) => a - b);
}

/** How many containers are above one: none above the root. */
export function depthOf(containers: readonly ContainerNode[], id: number): number {
  const parents = new Map(containers.map((container) => [container.id, container.parent_id]));
  const visited = new Set<number>();
  for (let above = parents.get(id) ?? 0; above !== 0; above = parents.get(above) ?? 0) {
    if (visited.has(above)) {
      throw new Error(`The container ${above} is above itself.`);
    }
    visited.add(above);
  }
  return visited.size;
}
