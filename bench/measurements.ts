/** What is measured: each request with what it aims at, for a million organizations. */
import { SEARCH_WORDS } from './organizations.ts';
import type { RequestOfStatements } from './postgres.ts';
import type { PreparedRegistry } from './prepare.ts';

export type BaselineName = 'node:http' | 'JSON.stringify' | 'SQLite' | 'pg' | 'disk syncs';

/** What a measurement is compared with. */
export interface Comparison {
  readonly baseline: BaselineName;
  /** The ratio is the baseline's cost to Orgvet's; to the SQLite statement it is the other way round. */
  readonly aim?: number;
}

export interface Measurement {
  readonly name: string;
  readonly kind: 'get' | 'create';
  /** `{n}` stands for a random number from `first` up to `end`. */
  readonly path: string;
  readonly first: number;
  readonly end: number;
  readonly connections: number;
  readonly status: number;
  /** Of a list: how many organizations an answer has, and the total that it must tell. */
  readonly expected?: { readonly rows: number; readonly total: number };
  /** Of a search: the word. */
  readonly word?: string;
  /** What its statements are, for the baselines of PostgreSQL. */
  readonly statements?: RequestOfStatements;
  readonly comparisons: readonly Comparison[];
}

export const LIST_PATH = '/services/v2/organization';
export const PAGE_LIMIT = 20;
const LIST_LIMIT = 1000;
const READ_CONNECTIONS = 16;
const CREATE_CONNECTIONS = 64;

/** Aims for the whole process. */
export const PROCESS_AIMS = { ready_ms: 1000, memory_mb: 250 };

/**
 * The same on PostgreSQL: compared with a bare client that runs the same statements, and no more with
 * SQLite.
 */
export function listPostgresMeasurements(registry: PreparedRegistry, total: number): Measurement[] {
  return listMeasurements(registry, total).map((measurement) => {
    const { name, word } = measurement;
    const others = measurement.comparisons
      .filter(({ baseline }) => baseline !== 'SQLite')
      .map(({ baseline }) => ({ baseline }));
    const isGet = name === 'get by id';
    const isFirstPage = name.startsWith('page of 20 by name, first');
    if (!isGet && !isFirstPage && word === undefined) {
      return { ...measurement, comparisons: others };
    }
    const page = { kind: 'page' as const, limit: PAGE_LIMIT, ...(word !== undefined && { word }) };
    return {
      ...measurement,
      statements: isGet ? { kind: 'get' as const } : page,
      comparisons: [{ baseline: 'pg' as const, ...((isGet || isFirstPage) && { aim: 0.8 }) }],
    };
  });
}

/** @param total the organizations in the registry, those that earlier runs created included */
export function listMeasurements(registry: PreparedRegistry, total: number): Measurement[] {
  const read = { kind: 'get', connections: READ_CONNECTIONS, status: 200 } as const;
  const deep = Math.floor(total * 0.9);
  return [
    {
      ...read,
      name: 'get by id',
      path: `${LIST_PATH}/{n}`,
      first: 1,
      end: registry.organizations + 1,
      comparisons: [{ baseline: 'node:http', aim: 0.5 }],
    },
    {
      ...read,
      name: 'page of 20 by name, first 1,000',
      path: `${LIST_PATH}?sort=name&limit=${PAGE_LIMIT}&offset={n}`,
      first: 0,
      end: 1000,
      expected: { rows: PAGE_LIMIT, total },
      comparisons: [{ baseline: 'node:http', aim: 0.15 }],
    },
    {
      ...read,
      name: 'page of 20 by name at 90 %',
      path: `${LIST_PATH}?sort=name&limit=${PAGE_LIMIT}&offset={n}`,
      first: deep,
      end: deep + 1,
      expected: { rows: PAGE_LIMIT, total },
      comparisons: [{ baseline: 'node:http' }, { baseline: 'SQLite', aim: 1.3 }],
    },
    planSearch('rare', registry, [{ baseline: 'node:http', aim: 0.05 }, { baseline: 'SQLite' }]),
    planSearch('middling', registry, [{ baseline: 'node:http' }, { baseline: 'SQLite', aim: 1.3 }]),
    planSearch('common', registry, [{ baseline: 'node:http' }, { baseline: 'SQLite', aim: 1.3 }]),
    {
      ...read,
      name: 'list of 1,000',
      path: `${LIST_PATH}?limit=${LIST_LIMIT}&offset={n}`,
      first: 0,
      end: 100,
      expected: { rows: LIST_LIMIT, total },
      comparisons: [{ baseline: 'node:http' }, { baseline: 'JSON.stringify', aim: 1 }],
    },
    {
      name: 'create',
      kind: 'create',
      path: LIST_PATH,
      first: 0,
      end: 0,
      connections: CREATE_CONNECTIONS,
      status: 201,
      comparisons: [{ baseline: 'node:http' }, { baseline: 'disk syncs', aim: 0.7 }],
    },
  ];
}

function planSearch(
  word: keyof typeof SEARCH_WORDS,
  { matches }: PreparedRegistry,
  comparisons: readonly Comparison[],
): Measurement {
  const total = matches[word];
  return {
    name: `search, ${word} word (${total})`,
    kind: 'get',
    path: `${LIST_PATH}?filters[search]=%25${SEARCH_WORDS[word]}&sort=name&limit=${PAGE_LIMIT}`,
    first: 0,
    end: 1,
    connections: READ_CONNECTIONS,
    status: 200,
    expected: { rows: Math.min(PAGE_LIMIT, total), total },
    word: SEARCH_WORDS[word],
    comparisons,
  };
}
