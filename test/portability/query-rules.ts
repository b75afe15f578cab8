/** Rules about queries and changes: clauses, operators and functions. */
import { CHECKED_FUNCTIONS } from './functions.ts';
import {
  isOwnFunction,
  type Recognisers,
  type Rule,
  recogniseCalls,
  recogniseKinds,
  recogniseOperators,
} from './rule.ts';
import { readName, readNames, unwrapNode } from './syntax.ts';

/** Recognises what changes rows inside a WITH. */
const recogniseChangesInWith: Recognisers = {
  CommonTableExpr: ({ ctename, ctequery }) => {
    const change =
      unwrapNode(ctequery, 'DeleteStmt') ??
      unwrapNode(ctequery, 'InsertStmt') ??
      unwrapNode(ctequery, 'UpdateStmt') ??
      unwrapNode(ctequery, 'MergeStmt');
    return change && `changes ${change.relation?.relname} inside WITH ${ctename}`;
  },
};

const recogniseRegularExpressions: Recognisers = {
  A_Expr: ({ kind, name }) => {
    const sign = readName(name);
    return kind === 'AEXPR_SIMILAR' || /^!?~\*?$/.test(sign)
      ? 'matches a regular expression'
      : undefined;
  },
  ...recogniseCalls((name) => name.startsWith('regexp_')),
};

/** Recognises syntax that PostgreSQL got after what the youngest of the engines grew from. */
const recogniseNewerSyntax: Recognisers = {
  ...recogniseKinds({
    JsonArrayAgg: 'uses JSON_ARRAYAGG',
    JsonArrayConstructor: 'uses JSON_ARRAY',
    JsonArrayQueryConstructor: 'uses JSON_ARRAY',
    JsonFuncExpr: 'uses JSON_EXISTS, JSON_QUERY or JSON_VALUE',
    JsonIsPredicate: 'uses IS JSON',
    JsonObjectAgg: 'uses JSON_OBJECTAGG',
    JsonObjectConstructor: 'uses JSON_OBJECT',
    JsonParseExpr: 'uses JSON as a function',
    JsonScalarExpr: 'uses JSON_SCALAR',
    JsonSerializeExpr: 'uses JSON_SERIALIZE',
    JsonTable: 'uses JSON_TABLE',
    ReturningOption: 'names old and new rows in RETURNING',
  }),
  ColumnRef: ({ fields }, { around }) => {
    const [table = '', ...rest] = readNames(fields);
    const isReturned = around.some(({ node }) => 'returningClause' in node);
    return isReturned && rest.length > 0 && /^(old|new)$/.test(table)
      ? `returns the ${table} row`
      : undefined;
  },
  CommonTableExpr: ({ cycle_clause, search_clause }) =>
    cycle_clause || search_clause ? 'uses SEARCH or CYCLE in WITH' : undefined,
  Constraint: ({ contype, fk_with_period, is_enforced, without_overlaps }) => {
    const isEnforcement =
      /^CONSTR_ATTR_(NOT_)?ENFORCED$/.test(contype ?? '') ||
      (/^CONSTR_(CHECK|FOREIGN)$/.test(contype ?? '') && !is_enforced);
    return fk_with_period || without_overlaps || isEnforcement
      ? 'makes a constraint over time, or says whether it is enforced'
      : undefined;
  },
  SelectStmt: ({ groupDistinct, limitOption }) =>
    groupDistinct || limitOption === 'LIMIT_OPTION_WITH_TIES'
      ? 'uses WITH TIES or GROUP BY DISTINCT'
      : undefined,
};

export const QUERY_RULES = {
  merge: {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'There is none.',
    recognise: recogniseKinds({ MergeStmt: 'merges' }),
  },
  'changes-in-with': {
    engines: ['Citus', 'CockroachDB'],
    why: 'Citus allows them only inside a shard, and CockroachDB not on the same table twice.',
    recognise: recogniseChangesInWith,
  },
  'named-conflicts': {
    engines: ['CockroachDB'],
    why: 'What a constraint is called by itself is up to the engine; its columns are not.',
    recognise: {
      InferClause: ({ conname }) =>
        conname ? `names the constraint ${conname} in ON CONFLICT` : undefined,
    },
  },
  'shared-row-locks': {
    engines: ['CockroachDB'],
    why: 'FOR SHARE and FOR KEY SHARE lock nothing in a serializable transaction unless told to.',
    recognise: {
      LockingClause: ({ strength }) =>
        strength === 'LCS_FORSHARE' || strength === 'LCS_FORKEYSHARE'
          ? 'locks rows to share them'
          : undefined,
    },
  },
  'grouping-sets': {
    engines: ['CockroachDB', 'Citus'],
    why: 'CockroachDB has none, and Citus only inside a shard.',
    recognise: recogniseKinds({
      GroupingFunc: 'uses GROUPING()',
      GroupingSet: 'groups by several sets at once',
    }),
  },
  'table-samples': {
    engines: ['CockroachDB', 'Citus'],
    why: 'CockroachDB has none, and Citus only inside a shard.',
    recognise: recogniseKinds({ RangeTableSample: 'samples a table' }),
  },
  'variadic-calls': {
    engines: ['CockroachDB'],
    why: 'An array cannot be spread over the arguments of a call.',
    recognise: {
      FuncCall: ({ func_variadic, funcname }) =>
        func_variadic ? `spreads an array over ${readName(funcname)}()` : undefined,
    },
  },
  division: {
    engines: ['CockroachDB'],
    why: 'Whole numbers divided make a fraction there; div() makes a whole number everywhere.',
    recognise: recogniseOperators(['/']),
  },
  'regular-expressions': {
    engines: ['CockroachDB'],
    why: 'They are those of Go, which look neither ahead nor back; LIKE and strpos() are the same.',
    recognise: recogniseRegularExpressions,
  },
  'array-overlaps': {
    engines: ['YugabyteDB'],
    why: 'A GIN index looks up one element: @> works, and && and <@ fail as soon as it is used.',
    recognise: recogniseOperators(['&&', '<@']),
  },
  'newer-syntax': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'They do not understand it, nor do older versions of PostgreSQL itself.',
    recognise: recogniseNewerSyntax,
  },
  'unchecked-functions': {
    engines: ['CockroachDB'],
    why: 'It writes its functions anew and lacks many; whoever needs another one looks it up first.',
    recognise: {
      FuncCall: (call) => {
        const name = readName(call.funcname);
        return isOwnFunction(call) && CHECKED_FUNCTIONS.has(name)
          ? undefined
          : `calls ${readNames(call.funcname).join('.')}(), which nobody has looked up`;
      },
    },
  },
} satisfies Record<string, Rule>;
