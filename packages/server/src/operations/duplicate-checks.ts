/** Whether an organization that somebody describes is there already, or others are called like it. */
import {
  DUPLICATE_MATCHES_MAX,
  type DuplicateMatch,
  type DuplicateMatchList,
} from '@orgvet/contract';
import { readDuplicateCheck } from '../domain/duplicate-check.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { type Likeness, listLikenesses } from '../store/likenesses.ts';
import { findSelection, listPageIds } from '../store/organization-list.ts';
import type { Selection } from '../store/organization-selection.ts';
import { listIdsByFingerprint } from '../store/organizations.ts';
import { INDEXED_TERM_LENGTH_MIN } from '../store/search.ts';
import type { Context } from './context.ts';
import { isOrganizationVisible } from './visibility.ts';

/** Changes nothing: what is answered may not be so any more when the organization is created. */
export async function checkDuplicates(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<DuplicateMatchList> {
  const { problems, check } = readDuplicateCheck(body);
  refuseIfAny(problems);
  const { store, principal } = context;
  const { name_folded, fingerprint } = check;
  const [exact] =
    fingerprint === undefined
      ? []
      : await listIdsByFingerprint(store.reader, principal.account_id, [fingerprint]);
  const ids = new Set(exact === undefined ? [] : [exact.id]);
  for (const id of await listAlike(context, name_folded)) {
    ids.add(id);
  }
  const first = [...ids].slice(0, DUPLICATE_MATCHES_MAX);
  const rows = await listLikenesses(store.reader, principal.account_id, first);
  const isExactVisible =
    exact === undefined || (await isOrganizationVisible(store.reader, principal, exact.id));
  return {
    matches: rows.map((row) =>
      row.id === exact?.id && !isExactVisible
        ? // As much as the refusal of a create tells.
          { id: row.id, is_exact: true }
        : describe(row, fingerprint),
    ),
  };
}

/** Those that are called the same first, and then, by name, those with the name in theirs. */
async function listAlike(context: Context, term_folded: string): Promise<number[]> {
  const same = await listNamed(context, { kind: 'equals', term_folded, id: 0 });
  const isTelling = [...term_folded].length >= INDEXED_TERM_LENGTH_MIN;
  return isTelling && same.length < DUPLICATE_MATCHES_MAX
    ? [...same, ...(await listNamed(context, { kind: 'contains', term_folded }))]
    : same;
}

async function listNamed(
  { store, principal }: Context,
  search: NonNullable<Selection['search']>,
): Promise<number[]> {
  const { account_id, visible_container_ids } = principal;
  const finding = await findSelection(store.reader, account_id, {
    search,
    ...(visible_container_ids !== undefined && { visible_container_ids }),
  });
  // One more than fit: the one that is found by its details may be among them.
  const range = { limit: DUPLICATE_MATCHES_MAX + 1, offset: 0 };
  return await listPageIds(store.reader, finding, BY_NAME, range);
}

const BY_NAME = [
  { property: 'name', is_descending: false },
  { property: 'id', is_descending: false },
] as const;

function describe(row: Likeness, fingerprint: string | undefined): DuplicateMatch {
  const { id, name, assumed_name, country, city, is_active } = row;
  return {
    id,
    is_exact: row.fingerprint === fingerprint,
    name,
    ...(assumed_name !== '' && { assumed_name }),
    country,
    city,
    status: is_active === 1 ? 'active' : 'inactive',
  };
}
