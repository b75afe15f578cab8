/** Lists by place: a page of them is a walk along an index, however many organizations there are. */
import type { Migration } from '../migrations.ts';

export const sortedLists: Migration = {
  version: 10,
  name: 'sorted lists',
  statements: () => [
    'create index organizations_by_city on organizations (account_id, city_folded, id)',
    'create index organizations_by_state on organizations (account_id, state_folded, id)',
    'create index organizations_by_country on organizations (account_id, country, id)',
  ],
};
