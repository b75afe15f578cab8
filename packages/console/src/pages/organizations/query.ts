/** From what the URL of the list says to what the API is asked. */
import type { RequestOf } from '@orgvet/contract';

/** The order where nobody has asked for another. */
export const SORT_DEFAULT = 'name';

/** All filters of the list, by their names in the URL: a new one goes here and nowhere else. */
export const FILTERS = ['search', 'status', 'validation', 'ends_before', 'division'] as const;

type Query = RequestOf<'listOrganizations'>['query'];

/** What the address says of each: the empty text where it says nothing. */
interface Asked {
  get(name: string): string;
}

export function planQuery(state: Asked): NonNullable<Query> {
  const search = state.get('search').trim();
  const division = Number(state.get('division'));
  const ends_before = state.get('ends_before');
  return {
    include_validation: true,
    // A whole number is an id as often as a part of a name; the API takes it for both only without %.
    ...(search !== '' && { 'filters[search]': /^\d+$/.test(search) ? search : `%${search}` }),
    ...planStates(state),
    ...(ends_before !== '' && { 'filters[validation_expires_before]': ends_before }),
    ...(Number.isSafeInteger(division) && division > 0 && { container_id: division }),
    sort: planSort(state.get('sort') || SORT_DEFAULT),
  };
}

/** Backwards the ids go backwards too: only so is the page a walk along an index. */
function planSort(sort: string): string {
  return sort.startsWith('-') && sort !== '-id' ? `${sort},-id` : sort;
}

/** What every list of organizations is filtered by; what an address asks for and nothing knows is left out. */
export function planStates(
  state: Asked,
): Pick<NonNullable<Query>, 'filters[status]' | 'filters[validation]'> {
  const status = state.get('status');
  const validation = state.get('validation');
  return {
    ...((status === 'active' || status === 'inactive') && { 'filters[status]': status }),
    ...((validation === 'pending' || validation === 'not_pending') && {
      'filters[validation]': validation,
    }),
  };
}
