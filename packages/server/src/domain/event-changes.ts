/**
 * What an event changed, field by field, told from what was recorded before and after it. Pure. Knows no
 * kind of event, and puts nothing into words.
 */
import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from '@orgvet/contract';

/** What an event recorded: JSON of an object each, or empty for nothing. */
interface Recorded {
  readonly before: string;
  readonly after: string;
}

/**
 * The fields that differ, those of nested objects by the way to them; lists are values as a whole. What is
 * empty, null or missing is absent, so that nothing is told of a field that was empty and is gone.
 */
export function listEventChanges({ before, after }: Recorded): FieldChange[] {
  return listDifferences('', readRecorded(before), readRecorded(after));
}

/** A member that an event recorded, as it is since, or as it was where it is gone. */
export function findRecorded({ before, after }: Recorded, field: string): unknown {
  return readRecorded(after)[field] ?? readRecorded(before)[field];
}

type Members = Readonly<Record<string, unknown>>;

function readRecorded(text: string): Members {
  return text === '' ? {} : (JSON.parse(text) as Members);
}

function listDifferences(path: string, before: Members, after: Members): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const field = path === '' ? name : `${path}.${name}`;
    return compare(field, pick(before, name), pick(after, name));
  });
}

function compare(field: string, before: unknown, after: unknown): FieldChange[] {
  if (isMembers(before ?? after) && isMembers(after ?? before)) {
    return listDifferences(field, (before ?? {}) as Members, (after ?? {}) as Members);
  }
  if (isDeepStrictEqual(before, after)) {
    return [];
  }
  return [
    { field, ...(before !== undefined && { before }), ...(after !== undefined && { after }) },
  ];
}

/** Only own members count: a field may be called as what every object has. */
function pick(members: Members, name: string): unknown {
  const value = Object.hasOwn(members, name) ? members[name] : undefined;
  return value === '' || value === null ? undefined : value;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
