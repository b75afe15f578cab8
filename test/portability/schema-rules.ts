/** Rules about tables, their columns, constraints and indexes, and the types of values. */
import {
  type Rule,
  recogniseCalls,
  recogniseKinds,
  recogniseOperators,
  recogniseTypes,
} from './rule.ts';
import { findTable, type NodeOf, type Part, readName, readNames, unwrapNode } from './syntax.ts';

const RANGE_TYPE = /^(int[48]|num|ts|tstz|date)(multi)?range$/;
const RANGE_FUNCTION =
  /^(range_(merge|agg|intersect_agg)|multirange|isempty|(lower|upper)_(inc|inf))$/;
const MISSING_TYPE =
  /^(box|cidr|circle|line|lseg|macaddr8?|money|path|pg_snapshot|point|polygon|txid_snapshot|xid8?|xml)$/;
const PORTABLE_COLLATIONS = ['C', 'default'];

/** An index in words: by its name, or by its table where it has none. */
function nameIndex({ idxname, relation }: NodeOf<'IndexStmt'>): string {
  return `the index ${idxname ?? `on ${relation?.relname}`}`;
}

function checkGin(index: NodeOf<'IndexStmt'>): string | undefined {
  const { accessMethod, indexIncludingParams = [], indexParams = [], unique } = index;
  if (accessMethod !== 'gin') {
    return undefined;
  }
  const isPlain = indexParams.every(
    (column) => unwrapNode(column, 'IndexElem')?.ordering === 'SORTBY_DEFAULT',
  );
  return indexParams.length === 1 && indexIncludingParams.length === 0 && isPlain && !unique
    ? undefined
    : `${nameIndex(index)} is a GIN index of more than one plain column`;
}

function checkIdentity(column: NodeOf<'ColumnDef'>): string | undefined {
  const isIdentity = (column.constraints ?? []).some(
    (constraint) => unwrapNode(constraint, 'Constraint')?.contype === 'CONSTR_IDENTITY',
  );
  const type = readName(column.typeName?.names);
  return isIdentity && type !== 'int8'
    ? `the identity column ${column.colname} is of the type ${type}, not bigint`
    : undefined;
}

/** COLLATE in an expression; behind a column it is a matter of `column-collations`. */
function checkCollation({ collname }: NodeOf<'CollateClause'>, part: Part): string | undefined {
  const name = readName(collname);
  return PORTABLE_COLLATIONS.includes(name) || part.around[0]?.kind === 'ColumnDef'
    ? undefined
    : `sorts or compares by the collation ${name}`;
}

const TABLE_RULES = {
  'partitioned-tables': {
    engines: ['CockroachDB'],
    why: 'CockroachDB partitions in a syntax of its own.',
    recognise: recogniseKinds({
      PartitionBoundSpec: 'makes a partition',
      PartitionCmd: 'changes partitions',
      PartitionSpec: 'makes a partitioned table',
    }),
  },
  inheritance: {
    engines: ['CockroachDB', 'YugabyteDB', 'Citus'],
    why: 'None of them lets tables inherit.',
    recognise: {
      CreateStmt: ({ inhRelations, partbound, relation }) =>
        inhRelations && !partbound ? `${relation?.relname} inherits` : undefined,
      AlterTableCmd: ({ subtype }) =>
        subtype === 'AT_AddInherit' || subtype === 'AT_DropInherit'
          ? 'changes what a table inherits'
          : undefined,
    },
  },
  'storage-parameters': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'They are about files and pages, which these do not have; CockroachDB refuses most of them.',
    recognise: {
      CreateStmt: ({ options, relation, tablespacename }) =>
        options || tablespacename ? `${relation?.relname} has storage parameters` : undefined,
      IndexStmt: (index) =>
        index.options || index.tableSpace
          ? `${nameIndex(index)} has storage parameters`
          : undefined,
    },
  },
  'user-defined-objects': {
    engines: ['CockroachDB'],
    why: 'CockroachDB lets nobody define operators, aggregates or casts, and domains only lately.',
    recognise: recogniseKinds({
      CompositeTypeStmt: 'makes a composite type',
      CreateCastStmt: 'makes a cast',
      CreateConversionStmt: 'makes a conversion',
      CreateDomainStmt: 'makes a domain',
      CreateOpClassStmt: 'makes an operator class',
      DefineStmt: 'makes a type, aggregate, operator or collation',
    }),
  },
} satisfies Record<string, Rule>;

const COLUMN_RULES = {
  'serial-columns': {
    engines: ['CockroachDB'],
    why: 'CockroachDB fills them with numbers beyond 2^53, which JavaScript and JSON do not hold.',
    recognise: recogniseTypes((name) => /^((big|small)?serial|serial[248])$/.test(name)),
  },
  'narrow-identities': {
    engines: ['Citus'],
    why: 'Every node counts in a range of its own, for which there is room in a bigint only.',
    recognise: { ColumnDef: checkIdentity },
  },
  'virtual-columns': {
    engines: ['Aurora', 'Citus', 'YugabyteDB'],
    why: 'PostgreSQL has them since 18; stored ones are older.',
    recognise: {
      Constraint: ({ contype, generated_kind }) =>
        contype === 'CONSTR_GENERATED' && generated_kind !== 's'
          ? 'makes a generated column that is not stored'
          : undefined,
    },
  },
  'column-collations': {
    engines: ['CockroachDB'],
    why: 'A column or index with COLLATE, be it "C", is refused; in an expression "C" is understood.',
    recognise: {
      ColumnDef: ({ collClause }, part) =>
        collClause ? `columns of ${findTable(part)?.relname} have a collation` : undefined,
      IndexElem: ({ collation, name }) =>
        collation ? `the indexed ${name ?? 'expression'} has a collation` : undefined,
    },
  },
  collations: {
    engines: ['CockroachDB', 'YugabyteDB', 'Aurora'],
    why: 'Which others there are, and how they sort, is a matter of the engine and its libraries.',
    recognise: { CollateClause: checkCollation },
  },
  'range-types': {
    engines: ['CockroachDB'],
    why: 'There are none, nor their functions and operators.',
    recognise: {
      ...recogniseTypes((name) => RANGE_TYPE.test(name)),
      ...recogniseCalls((name) => RANGE_TYPE.test(name) || RANGE_FUNCTION.test(name)),
      ...recogniseOperators(['-|-', '&<', '&>']),
      ...recogniseKinds({ CreateRangeStmt: 'makes a range type' }),
    },
  },
  'missing-types': {
    engines: ['CockroachDB'],
    why: 'There are no types for money, XML, networks, plain geometry or transactions.',
    recognise: recogniseTypes((name) => MISSING_TYPE.test(name)),
  },
  'json-text': {
    engines: ['CockroachDB'],
    why: 'There json is jsonb: it forgets the order of members, what is doubled, and spaces.',
    recognise: recogniseTypes((name) => name === 'json'),
  },
  'nested-arrays': {
    engines: ['CockroachDB'],
    why: 'Arrays have one dimension.',
    recognise: {
      TypeName: ({ arrayBounds = [] }) =>
        arrayBounds.length > 1 ? 'uses an array of arrays' : undefined,
    },
  },
} satisfies Record<string, Rule>;

const CONSTRAINT_RULES = {
  'exclusion-constraints': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'There are none.',
    recognise: {
      Constraint: ({ contype }) =>
        contype === 'CONSTR_EXCLUSION' ? 'makes an exclusion constraint' : undefined,
    },
  },
  'deferrable-constraints': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'CockroachDB defers none, YugabyteDB only foreign keys.',
    recognise: {
      Constraint: ({ contype, deferrable, initdeferred }) =>
        deferrable || initdeferred || /^CONSTR_ATTR_DEFER/.test(contype ?? '')
          ? 'makes a constraint that can be deferred'
          : undefined,
      ...recogniseKinds({ ConstraintsSetStmt: 'defers constraints' }),
    },
  },
  'equal-nulls': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'NULLS NOT DISTINCT is not understood.',
    recognise: {
      Constraint: ({ nulls_not_distinct }) =>
        nulls_not_distinct ? 'makes a key in which nulls are equal' : undefined,
      IndexStmt: (index) =>
        index.nulls_not_distinct ? `${nameIndex(index)} takes nulls for equal` : undefined,
    },
  },
} satisfies Record<string, Rule>;

const INDEX_RULES = {
  'index-methods': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'Besides B-trees both have GIN only.',
    recognise: {
      IndexStmt: (index) =>
        index.accessMethod === 'btree' || index.accessMethod === 'gin'
          ? undefined
          : `${nameIndex(index)} is of the kind ${index.accessMethod}`,
    },
  },
  'gin-indexes': {
    engines: ['YugabyteDB', 'CockroachDB'],
    why: 'YugabyteDB indexes one column in no order, CockroachDB carries no others along.',
    recognise: { IndexStmt: checkGin },
  },
  'operator-classes': {
    engines: ['CockroachDB', 'YugabyteDB'],
    why: 'Each has the usual class of a type and few more; CockroachDB has none for B-trees.',
    recognise: {
      IndexElem: ({ opclass }) =>
        opclass ? `indexes by the operator class ${readNames(opclass).join('.')}` : undefined,
    },
  },
  'nulls-in-indexes': {
    engines: ['CockroachDB'],
    why: 'Nulls come first in an index, or last if it descends, and cannot be put elsewhere.',
    recognise: {
      IndexElem: ({ name, nulls_ordering }) =>
        nulls_ordering === 'SORTBY_NULLS_FIRST' || nulls_ordering === 'SORTBY_NULLS_LAST'
          ? `indexes ${name ?? 'an expression'} with a place for nulls`
          : undefined,
    },
  },
} satisfies Record<string, Rule>;

export const SCHEMA_RULES = {
  ...TABLE_RULES,
  ...COLUMN_RULES,
  ...CONSTRAINT_RULES,
  ...INDEX_RULES,
} satisfies Record<string, Rule>;
