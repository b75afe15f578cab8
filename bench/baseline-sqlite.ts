/**
 * A child process that is the baseline of the database: the statements that a person would write by hand
 * for a page and its total, prepared once on the same database, and nothing else. Of several ways to
 * write one, the fastest counts.
 */
import { DatabaseSync } from 'node:sqlite';

export interface BaselineSqlitePlan {
  readonly database_file: string;
  readonly account_id: number;
  /** A word that names contain, folded; without it all names. */
  readonly word?: string;
  readonly limit: number;
  readonly offset: number;
  readonly duration_ms: number;
}

/** CPU time of one execution by each way to write it. */
export interface BaselineSqliteResult {
  readonly page_us: Readonly<Record<string, number>>;
  readonly count_us: Readonly<Record<string, number>>;
  /** The fastest page and the fastest count together. */
  readonly best_us: number;
  readonly total: number;
  readonly rows: number;
}

const ROUNDS_MIN = 3;

/** Rows of the search index hold the account above and the organization below this factor. */
const ACCOUNT_FACTOR = 4_294_967_296;

const COLUMNS = 'id, document, container_id, assignments_document';

const NAMES_WITH_WORD = `organization_name_index match '"' || :word || '"'
  and rowid between :account_id * ${ACCOUNT_FACTOR} and :account_id * ${ACCOUNT_FACTOR} + ${ACCOUNT_FACTOR - 1}`;

const PAGES: Readonly<Record<string, string>> = {
  walk: `select ${COLUMNS} from organizations where account_id = :account_id
    order by name_folded, id limit :limit offset :offset`,
  'ids, then documents': `select ${COLUMNS} from organizations
    where account_id = :account_id and id in (select id from organizations
      where account_id = :account_id order by name_folded, id limit :limit offset :offset)
    order by name_folded, id`,
};

const COUNTS: Readonly<Record<string, string>> = {
  kept: `select sum(organizations) as total from organization_counts where account_id = :account_id`,
};

const SEARCH_PAGES: Readonly<Record<string, string>> = {
  walk: `select ${COLUMNS} from organizations
    where account_id = :account_id and instr(name_folded, :word) > 0
    order by name_folded, id limit :limit offset :offset`,
  index: `select o.${COLUMNS} from organization_name_index m cross join organizations o
    where ${NAMES_WITH_WORD.replace('rowid', 'm.rowid')}
      and o.account_id = :account_id and o.id = m.rowid - :account_id * ${ACCOUNT_FACTOR}
    order by o.name_folded, o.id limit :limit offset :offset`,
};

const SEARCH_COUNTS: Readonly<Record<string, string>> = {
  index: `select count(*) as total from organization_name_index where ${NAMES_WITH_WORD}`,
  scan: `select count(*) as total from organizations
    where account_id = :account_id and instr(name_folded, :word) > 0`,
};

process.once('message', (plan: BaselineSqlitePlan) => {
  process.send?.(measure(plan), () => process.disconnect());
});

function measure(plan: BaselineSqlitePlan): BaselineSqliteResult {
  const { account_id, word, limit, offset } = plan;
  const database = new DatabaseSync(plan.database_file, { timeout: 10_000 });
  // As the server's reading connection has them.
  database.exec(
    `pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
     pragma cache_size = -65536; pragma temp_store = memory`,
  );
  const [pages, counts] = word === undefined ? [PAGES, COUNTS] : [SEARCH_PAGES, SEARCH_COUNTS];
  const searched = { account_id, ...(word !== undefined && { word }) };
  const selected = { ...searched, limit, offset };
  const page_us: Record<string, number> = {};
  const count_us: Record<string, number> = {};
  let [total, rows] = [0, 0];
  for (const [name, sql] of Object.entries(pages)) {
    const statement = database.prepare(sql);
    rows = statement.all(selected).length;
    page_us[name] = timeCall(() => statement.all(selected), plan.duration_ms);
  }
  for (const [name, sql] of Object.entries(counts)) {
    const statement = database.prepare(sql);
    total = Number(statement.get(searched)?.total);
    count_us[name] = timeCall(() => statement.get(searched), plan.duration_ms);
  }
  database.close();
  const best_us = Math.min(...Object.values(page_us)) + Math.min(...Object.values(count_us));
  return { page_us, count_us, best_us, total, rows };
}

/** CPU time of a call, over many of them. */
function timeCall(call: () => unknown, duration_ms: number): number {
  const end_ms = performance.now() + duration_ms;
  for (let round = 0; round < ROUNDS_MIN; round += 1) {
    call();
  }
  const start = process.cpuUsage();
  let rounds = 0;
  while (rounds < ROUNDS_MIN || performance.now() < end_ms) {
    call();
    rounds += 1;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / rounds;
}
