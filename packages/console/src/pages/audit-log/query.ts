/** From what the URL of the log says to what the API is asked. */
import type { RequestOf } from '@orgvet/contract';
import type { ListState } from '../../list-state.ts';

/** All filters of the log, by their names in the URL. */
export const FILTERS = ['action', 'actor', 'object_type', 'object_id'] as const;

/** Entries on a page. */
const LIMIT = 50;

type Query = NonNullable<RequestOf<'listAuditLogEntries'>['query']>;

export function planQuery(state: Pick<ListState, 'get'>): Query {
  const action = state.get('action');
  const actor = readCount(state.get('actor'));
  const object_type = state.get('object_type');
  const object_id = readCount(state.get('object_id'));
  const before = readCount(state.get('before'));
  return {
    ...(action !== '' && { 'filters[action]': action }),
    ...(actor !== undefined && { 'filters[actor_user_id]': actor }),
    ...(object_type !== '' && { 'filters[object_type]': object_type }),
    ...(object_id !== undefined && { 'filters[object_id]': object_id }),
    ...(before !== undefined && before > 0 && { before_sequence: before }),
    limit: LIMIT,
  };
}

/** @returns undefined for what is none */
function readCount(text: string): number | undefined {
  const count = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(count) ? count : undefined;
}
