/** Ids that a body lists, as numbers or as their digits, each with its place for problems. Pure. */
import { fieldProblem, type Problem } from '@orgvet/contract';

/** Ids, each with the first place in the body where it stands. */
export type PlacedIds = ReadonlyMap<number, string>;

/**
 * @param field the member that lists them
 * @param texts as the contract's reader gives them: digits, or undefined for what is a problem already
 * @param problems gets one for every text that is no id
 */
export function placeIds(
  field: string,
  texts: readonly (string | undefined)[] = [],
  problems: Problem[],
): PlacedIds {
  const ids = new Map<number, string>();
  for (const [index, text] of texts.entries()) {
    const path = `${field}[${index}]`;
    if (text !== undefined && !isId(text)) {
      problems.push(fieldProblem('invalid', path, 'must be an id.'));
    } else if (text !== undefined && !ids.has(Number(text))) {
      ids.set(Number(text), path);
    }
  }
  return ids;
}

/** The problem of every id that is none of those that there are to see. */
export function listUnknownIds(
  ids: PlacedIds,
  known: ReadonlySet<number>,
  noun: 'container' | 'organization' | 'user',
): Problem[] {
  return [...ids]
    .filter(([id]) => !known.has(id))
    .map(([id, path]) => fieldProblem('invalid', path, `${id} is no ${noun} of this account.`));
}

function isId(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) > 0 && Number.isSafeInteger(Number(text));
}
