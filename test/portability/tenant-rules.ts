/**
 * Rules of the tenant: on Citus every row of a tenant lies with its account, so whatever changes rows or
 * promises something about them has to name the account's column.
 */
import type { Node } from 'libpg-query';
import type { Rule } from './rule.ts';
import {
  findAround,
  findTable,
  type Kind,
  listPartsOf,
  type NodeOf,
  type Part,
  readName,
  readNames,
  unwrapNode,
} from './syntax.ts';

/** The column that says to which account a row belongs. */
const ACCOUNT_COLUMN = 'account_id';

/** The tables that say it by another column, or that are no account's (null). All others are tenants'. */
const OTHER_TABLES: ReadonlyMap<string, string | null> = new Map([
  ['accounts', 'id'],
  // Of the whole registry.
  ['backups', null],
  // One for each copy between databases, whole accounts at a time.
  ['copies', null],
  // One for each piece of background work.
  ['leases', null],
  ['schema_migrations', null],
]);

const SYSTEM_SCHEMAS = ['information_schema', 'pg_catalog'];

type Table = NodeOf<'RangeVar'>;
type Constraint = NodeOf<'Constraint'>;

/** The column that a table's rows are distributed by; null for a table that is no tenant's. */
function findAccountColumn({ schemaname = '', relname = '' }: Table): string | null {
  if (SYSTEM_SCHEMAS.includes(schemaname)) {
    return null;
  }
  const other = OTHER_TABLES.get(relname);
  return other === undefined ? ACCOUNT_COLUMN : other;
}

/** The columns of a constraint, be it written behind a column or by itself. */
function listColumns(names: readonly Node[] | undefined, part: Part): string[] {
  const column = findAround(part, 'ColumnDef')?.colname;
  return column === undefined ? readNames(names) : [column];
}

function checkKey(constraint: Constraint, part: Part): string | undefined {
  const table = findTable(part);
  const isKey = constraint.contype === 'CONSTR_PRIMARY' || constraint.contype === 'CONSTR_UNIQUE';
  if (!isKey || table === undefined || constraint.indexname !== undefined) {
    return undefined;
  }
  const columns = listColumns(constraint.keys, part);
  return describeKey(table, columns);
}

function describeKey(table: Table, columns: readonly string[]): string | undefined {
  const account = findAccountColumn(table);
  return account === null || columns.includes(account)
    ? undefined
    : `the key (${columns.join(', ')}) of ${table.relname} lacks ${account}`;
}

function checkReference(constraint: Constraint, part: Part): string | undefined {
  const { contype, fk_attrs, pk_attrs, pktable } = constraint;
  const table = findTable(part);
  if (contype !== 'CONSTR_FOREIGN' || table === undefined || pktable === undefined) {
    return undefined;
  }
  const [from, to] = [findAccountColumn(table), findAccountColumn(pktable)];
  const theirs = readNames(pk_attrs);
  const isTogether = listColumns(fk_attrs, part).some(
    (column, place) => column === from && theirs[place] === to,
  );
  // A table that is no account's lies on every node, so any other may reference it.
  return to === null || isTogether
    ? undefined
    : `${table.relname} references ${pktable.relname} without the account on both sides`;
}

/** The parts of a condition that must all hold, as pairs of equal things. */
function listEqualities(condition: Node | undefined): [Node | undefined, Node | undefined][] {
  const bool = unwrapNode(condition, 'BoolExpr');
  if (bool?.boolop === 'AND_EXPR') {
    return (bool.args ?? []).flatMap(listEqualities);
  }
  const expression = unwrapNode(condition, 'A_Expr');
  if (expression?.kind !== 'AEXPR_OP' || readName(expression.name) !== '=') {
    return [];
  }
  const left = unwrapNode(expression.lexpr, 'RowExpr')?.args ?? [expression.lexpr];
  const right = unwrapNode(expression.rexpr, 'RowExpr')?.args ?? [expression.rexpr];
  return left.map((side, place) => [side, right[place]]);
}

/** The tables of a FROM, joins opened, with the conditions that stand in the joins. */
function listSources(from: readonly (Node | undefined)[]): { tables: Table[]; quals: Node[] } {
  const opened = from.flatMap((item) => {
    const join = unwrapNode(item, 'JoinExpr');
    const table = unwrapNode(item, 'RangeVar');
    if (join === undefined) {
      return [{ tables: table ? [table] : [], quals: [] }];
    }
    const { tables, quals } = listSources([join.larg, join.rarg]);
    return [{ tables, quals: join.quals ? [...quals, join.quals] : quals }];
  });
  return {
    tables: opened.flatMap(({ tables }) => tables),
    quals: opened.flatMap(({ quals }) => quals),
  };
}

/** What a condition says about the accounts of tables. */
interface Binding {
  /** The tenants' tables whose account it does not mention, by the name used in the statement. */
  readonly loose: string[];
  /** Whether it sets any account equal to something that is not another table's account. */
  readonly isOneAccount: boolean;
}

function bindTables(tables: readonly Table[], conditions: readonly (Node | undefined)[]): Binding {
  const equalities = conditions.flatMap(listEqualities);
  const sides = equalities.flat().map((side) => readNames(unwrapNode(side, 'ColumnRef')?.fields));
  const tenants = tables.filter((table) => findAccountColumn(table) !== null);
  const isAccount = (side: readonly string[], table: Table) =>
    side.at(-1) === findAccountColumn(table) &&
    // Without a table's name the column can only be that of the one table there is.
    (side.length === 1 ? tables.length === 1 : side.at(-2) === nameTable(table));
  return {
    loose: tenants.filter((table) => !sides.some((side) => isAccount(side, table))).map(nameTable),
    isOneAccount: equalities.some((pair) => {
      const columns = pair.map((side) => readNames(unwrapNode(side, 'ColumnRef')?.fields));
      return columns.filter((side) => tenants.some((table) => isAccount(side, table))).length === 1;
    }),
  };
}

function nameTable({ alias, relname = '' }: Table): string {
  return alias?.aliasname ?? relname;
}

/** The names that a statement's WITH gives: those are no tables. */
function listCommonNames(part: Part): string[] {
  return listPartsOf((part.around.at(-1) ?? part).node)
    .filter(({ kind }) => kind === 'CommonTableExpr')
    .map(({ node }) => (node as NodeOf<'CommonTableExpr'>).ctename ?? '');
}

function checkJoinedChange(
  { relation, whereClause }: NodeOf<'UpdateStmt'> | NodeOf<'DeleteStmt'>,
  from: readonly Node[] | undefined,
  part: Part,
): string | undefined {
  if (relation === undefined || from === undefined) {
    return undefined;
  }
  const names = listCommonNames(part);
  const { tables, quals } = listSources(from);
  const real = [relation, ...tables.filter(({ relname = '' }) => !names.includes(relname))];
  const { loose } = bindTables(real, [whereClause, ...quals]);
  return loose.length > 0
    ? `changes ${relation.relname} by a join that leaves the account of ${loose.join(', ')} open`
    : undefined;
}

function checkRowLock(select: NodeOf<'SelectStmt'>, part: Part): string | undefined {
  if (select.lockingClause === undefined) {
    return undefined;
  }
  const names = listCommonNames(part);
  const { tables, quals } = listSources(select.fromClause ?? []);
  const real = tables.filter(({ relname = '' }) => !names.includes(relname));
  const { loose, isOneAccount } = bindTables(real, [select.whereClause, ...quals]);
  if (real.every((table) => findAccountColumn(table) === null)) {
    return undefined;
  }
  return loose.length > 0 || !isOneAccount
    ? `locks rows of ${real.map(nameTable).join(', ')} that may belong to several accounts`
    : undefined;
}

/** Whether a list of assignments, or of columns, has the account's column. */
function hasAccount(table: Table | undefined, targets: readonly Node[] | undefined): boolean {
  const account = table === undefined ? null : findAccountColumn(table);
  return (targets ?? []).some((target) => unwrapNode(target, 'ResTarget')?.name === account);
}

const CHANGES: readonly Kind[] = ['UpdateStmt', 'DeleteStmt', 'OnConflictClause'];
const VOLATILE = /^(clock_timestamp|gen_random_uuid|nextval|random|setval|timeofday|uuidv[47])$/;

export const TENANT_RULES = {
  'keys-without-account': {
    engines: ['Citus'],
    why: 'A key can be kept unique only inside a shard, so it must contain the column that chose it.',
    recognise: {
      Constraint: checkKey,
      IndexStmt: ({ indexParams, relation, unique }) =>
        unique && relation
          ? describeKey(
              relation,
              (indexParams ?? []).map((column) => unwrapNode(column, 'IndexElem')?.name ?? ''),
            )
          : undefined,
    },
  },
  'references-without-account': {
    engines: ['Citus'],
    why: 'A foreign key is checked inside a shard, so both sides must contain the account.',
    recognise: { Constraint: checkReference },
  },
  'references-set-to-null': {
    engines: ['Citus'],
    why: 'The columns of a foreign key contain the account, which no action may overwrite.',
    recognise: {
      Constraint: ({ contype, fk_del_action, fk_upd_action, pktable }) =>
        contype === 'CONSTR_FOREIGN' && /[nd]/.test(`${fk_del_action}${fk_upd_action}`)
          ? `sets columns when a row of ${pktable?.relname} goes or changes`
          : undefined,
    },
  },
  'joined-changes-without-account': {
    engines: ['Citus'],
    why: 'An UPDATE or DELETE with a join is possible only if all its tables are joined by account.',
    recognise: {
      UpdateStmt: (update, part) => checkJoinedChange(update, update.fromClause, part),
      DeleteStmt: (deletion, part) => checkJoinedChange(deletion, deletion.usingClause, part),
    },
  },
  'row-locks-without-account': {
    engines: ['Citus'],
    why: 'SELECT … FOR UPDATE is possible only where all the rows are in one shard.',
    recognise: { SelectStmt: checkRowLock },
  },
  'inserts-without-account': {
    engines: ['Citus'],
    why: 'Without the account there is no telling into which shard a row goes.',
    recognise: {
      InsertStmt: ({ cols, relation }) => {
        // The ids of accounts themselves are handed out by the database.
        const isTenants = relation && findAccountColumn(relation) === ACCOUNT_COLUMN;
        return cols && isTenants && !hasAccount(relation, cols)
          ? `inserts into ${relation.relname} without ${ACCOUNT_COLUMN}`
          : undefined;
      },
    },
  },
  'moves-between-accounts': {
    engines: ['Citus'],
    why: 'A row cannot move into another shard.',
    recognise: {
      UpdateStmt: ({ relation, targetList }) =>
        hasAccount(relation, targetList)
          ? `changes the account in ${relation?.relname}`
          : undefined,
      OnConflictClause: ({ targetList }, part) => {
        const { relation } = findAround(part, 'InsertStmt') ?? {};
        return hasAccount(relation, targetList)
          ? `changes the account in ${relation?.relname}`
          : undefined;
      },
    },
  },
  'volatile-changes': {
    engines: ['Citus'],
    why: 'A change is run on every copy of a shard, so it must not throw dice or read a clock.',
    recognise: {
      FuncCall: ({ funcname }, { around }) => {
        const name = readName(funcname);
        return VOLATILE.test(name) && around.some(({ kind }) => CHANGES.includes(kind))
          ? `changes rows by ${name}()`
          : undefined;
      },
    },
  },
  'subqueries-in-values': {
    engines: ['Citus'],
    why: 'The values of a new row must be known before its shard is; INSERT … SELECT works.',
    recognise: {
      InsertStmt: ({ relation, selectStmt }) => {
        const { valuesLists } = unwrapNode(selectStmt, 'SelectStmt') ?? {};
        return listPartsOf(valuesLists).some(({ kind }) => kind === 'SubLink')
          ? `inserts the result of a subquery into ${relation?.relname}`
          : undefined;
      },
    },
  },
} satisfies Record<string, Rule>;
