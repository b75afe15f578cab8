/** Lists that come in pages: one page, or all of them put together. */
import type { Page } from '@orgvet/contract';
import { type Io, type OptionSpecs, type OptionValues, UsageError } from './command.ts';
import { printNote } from './output.ts';

/** The most that a server answers at once. */
const PAGE_LIMIT = 1000;

export const PAGE_OPTIONS = {
  sort: {
    kind: 'text',
    value: 'NAMES',
    help: 'members to sort by, with commas between them, each with - before it for descending',
  },
  limit: { kind: 'count', help: `the most to list; ${PAGE_LIMIT} at once` },
  offset: { kind: 'count', help: 'how many to leave out first' },
  all: { kind: 'flag', help: 'every page' },
} as const satisfies OptionSpecs;
type PageOptions = OptionValues<typeof PAGE_OPTIONS>;

export const SEARCH_OPTIONS = {
  search: { kind: 'text', help: 'only names that contain this, in upper or lower case' },
  name: { kind: 'text', help: 'only this name, or this id' },
} as const satisfies OptionSpecs;

/** The filter that the options of a search stand for. */
export function searchOf({ search, name }: OptionValues<typeof SEARCH_OPTIONS>) {
  if (search !== undefined && name !== undefined) {
    throw new UsageError('Give --search or --name, not both.');
  }
  return search === undefined ? name : `%${search}`;
}

interface PageQuery {
  readonly sort?: string;
  readonly limit?: number;
  readonly offset?: number;
}

/** The order and the page that options ask for. @throws UsageError for a page of all pages */
export function pageQueryOf({ sort, limit, offset, all }: PageOptions): PageQuery {
  if (all && (limit !== undefined || offset !== undefined)) {
    throw new UsageError('--all lists every page: leave out --limit and --offset.');
  }
  return {
    ...(sort !== undefined && { sort }),
    ...(limit !== undefined && { limit }),
    ...(offset !== undefined && { offset }),
  };
}

interface List<Item> {
  /** As it was answered; all pages as if they were one. */
  readonly document: unknown;
  readonly items: readonly Item[];
}

/** A list as a server answers it, with its items under a name of their own. */
type Answer<Member extends string, Item> = { readonly page: Page } & {
  readonly [Name in Member]: readonly Item[];
};

/** Asks for what the options say: a page, or every one. */
export async function readList<Member extends string, Item>(
  { options, io }: { readonly options: PageOptions; readonly io: Io },
  member: Member,
  ask: (query: PageQuery) => Promise<Answer<Member, Item>>,
): Promise<List<Item>> {
  const query = pageQueryOf(options);
  if (!options.all) {
    const answer = await ask(query);
    const items = answer[member];
    const { total, offset } = answer.page;
    if (offset + items.length < total) {
      printNote(io, `${items.length} of ${total}; --all lists every one.`);
    }
    return { document: answer, items };
  }
  const items: Item[] = [];
  let document: Answer<Member, Item> | undefined;
  for await (const answer of readPages(io, (page) => ask({ ...query, ...page }))) {
    items.push(...answer[member]);
    document ??= answer;
  }
  const page = { ...document?.page, limit: items.length };
  return { document: { ...document, [member]: items, page }, items };
}

/** Asks for one page after the other. Says so where the list changed meanwhile. */
export async function* readPages<Some extends { readonly page: Page }>(
  io: Pick<Io, 'stderr'>,
  ask: (page: { readonly limit: number; readonly offset: number }) => Promise<Some>,
): AsyncGenerator<Some> {
  let first_total: number | undefined;
  for (let offset = 0, total = 1; offset < total; offset += PAGE_LIMIT) {
    const answer = await ask({ limit: PAGE_LIMIT, offset });
    total = answer.page.total;
    first_total ??= total;
    yield answer;
    if (total !== first_total) {
      first_total = total;
      printNote(io, 'The list changed while it was read: some may be missing, or there twice.');
    }
  }
}
