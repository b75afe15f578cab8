/** From what the URL of the queue says to what the API is asked. */
import type { RequestOf } from '@orgvet/contract';
import { type ListState, PAGE_SIZE } from '../../list-state.ts';
import { isValidationType } from '../validation/types.ts';

/** Oldest first. */
export const SORT_DEFAULT = 'requested_at';

/** In the URL, for whoever looks: so that a view can be sent to a colleague, who sees the own. */
export const ME = 'me';

type Query = NonNullable<RequestOf<'listQueue'>['query']>;

export function planQuery(state: Pick<ListState, 'get' | 'page'>, user_id: number): Query {
  const type = state.get('type');
  const assigned = state.get('assigned');
  return {
    ...(isValidationType(type) && { 'filters[type]': type }),
    ...(assigned !== '' && { 'filters[assigned_to]': assigned === ME ? `${user_id}` : assigned }),
    sort: state.get('sort') || SORT_DEFAULT,
    limit: PAGE_SIZE,
    offset: (state.page - 1) * PAGE_SIZE,
  };
}
