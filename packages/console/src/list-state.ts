/**
 * What a list shows is in the URL: filters, search, sort and page. So a view can be kept, sent to
 * somebody, and gone back to.
 */
import { useSearchParams } from 'wouter';

/** Results on a page of a list. */
export const PAGE_SIZE = 25;

export interface ListState {
  /** What is asked for by name: a filter, the search, `sort`; empty where nothing is. */
  get(name: string): string;
  /** Asks for something else, from the first page on. The empty text asks for it no more. */
  set(changes: Readonly<Record<string, string>>): void;
  /** As `set`, without a step to go back to: while somebody types. */
  replace(changes: Readonly<Record<string, string>>): void;
  /** From 1. */
  readonly page: number;
  goTo(page: number): void;
  /** Everything that is asked for, as it stands in the URL. */
  readonly search: string;
}

export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  const change = (changes: Readonly<Record<string, string>>, replace: boolean) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('page');
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') {
            after.delete(name);
          } else {
            after.set(name, value);
          }
        }
        return after;
      },
      { replace },
    );
  return {
    get: (name) => params.get(name) ?? '',
    set: (changes) => change(changes, false),
    replace: (changes) => change(changes, true),
    page: readPage(params.get('page')),
    goTo: (page) => change(page === 1 ? {} : { page: String(page) }, false),
    search: params.toString(),
  };
}

function readPage(text: string | null): number {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}

/** How a column stands in a `sort` of the API, where only one counts. */
export function directionOf(sort: string, property: string): 'ascending' | 'descending' | 'none' {
  if (sort === property) {
    return 'ascending';
  }
  return sort === `-${property}` ? 'descending' : 'none';
}
