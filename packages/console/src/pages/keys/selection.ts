/** Which of the keys a list shows, and in which order. */
import { directionOf } from '../../list-state.ts';
import type { ApiKey } from './key-status.tsx';

/** The newest first: it is the one that somebody has just made. */
export const SORT_DEFAULT = '-created';

/** What keys are put in order by. */
const ORDERS: Readonly<Record<string, (key: ApiKey) => string>> = {
  name: ({ name }) => name.toLocaleLowerCase(),
  user: (key) => userOf(key).toLocaleLowerCase(),
  status: ({ status }) => status,
  created: ({ create_date, id }) => `${create_date} ${String(id).padStart(16, '0')}`,
  used: ({ last_used_date = '' }) => last_used_date,
};

export function userOf({ user: { first_name, last_name } }: ApiKey): string {
  return `${first_name} ${last_name}`;
}

/** @param status all where it is empty */
export function selectKeys(keys: readonly ApiKey[], search: string, status: string): ApiKey[] {
  const wanted = search.trim().toLocaleLowerCase();
  return keys.filter(
    (key) =>
      (status === '' || key.status === status) &&
      `${key.name}\n${userOf(key)}`.toLocaleLowerCase().includes(wanted),
  );
}

/** @param sort a name of an order, with `-` before it for descending */
export function orderKeys(keys: readonly ApiKey[], sort: string): ApiKey[] {
  const name = Object.keys(ORDERS).find((one) => directionOf(sort, one) !== 'none');
  const textOf = name === undefined ? undefined : ORDERS[name];
  if (name === undefined || textOf === undefined) {
    return [...keys];
  }
  const sign = directionOf(sort, name) === 'ascending' ? 1 : -1;
  return keys.toSorted((one, other) => sign * textOf(one).localeCompare(textOf(other)));
}
