/**
 * SQL as PostgreSQL's own parser sees it: every part of the syntax tree, each with what it stands in.
 */
import { type Node, parse } from 'libpg-query';

type KeysOfAny<Union> = Union extends unknown ? keyof Union : never;
type NodeIn<Union, K extends PropertyKey> =
  Union extends Record<K, infer Inner> ? NonNullable<Inner> : never;

/** What a part of the tree is called by the parser, for example `SelectStmt`. */
export type Kind = KeysOfAny<Node>;
export type NodeOf<K extends Kind> = NodeIn<Node, K>;

/** One part of a statement. */
export interface Part {
  readonly kind: Kind;
  readonly node: object;
  /** What the part stands in, the innermost first. */
  readonly around: readonly Part[];
}

/** The parser names a part by its kind, except where only one kind can stand: these are those. */
const KIND_OF_FIELD: Readonly<Record<string, Kind>> = {
  bound: 'PartitionBoundSpec',
  collClause: 'CollateClause',
  infer: 'InferClause',
  into: 'IntoClause',
  intoClause: 'IntoClause',
  larg: 'SelectStmt',
  ofTypename: 'TypeName',
  onConflictClause: 'OnConflictClause',
  over: 'WindowDef',
  partbound: 'PartitionBoundSpec',
  partspec: 'PartitionSpec',
  pktable: 'RangeVar',
  rarg: 'SelectStmt',
  rel: 'RangeVar',
  relation: 'RangeVar',
  returnType: 'TypeName',
  sequence: 'RangeVar',
  setstmt: 'VariableSetStmt',
  table: 'RangeVar',
  typeName: 'TypeName',
  view: 'RangeVar',
  withClause: 'WithClause',
};

/**
 * All parts of all statements of a text, the outer before the inner.
 *
 * @throws SqlError if PostgreSQL does not understand the text
 */
export async function listParts(sql: string): Promise<Part[]> {
  const { stmts = [] } = await parse(sql);
  return stmts.flatMap(({ stmt }) => [...walkParts(stmt, '', [])]);
}

/** The parts of a piece of the tree, for a rule that looks into it. */
export function listPartsOf(piece: unknown): Part[] {
  return [...walkParts(piece, '', [])];
}

function* walkParts(piece: unknown, field: string, around: readonly Part[]): Generator<Part> {
  if (Array.isArray(piece)) {
    for (const element of piece) {
      yield* walkParts(element, field, around);
    }
    return;
  }
  if (typeof piece !== 'object' || piece === null) {
    return;
  }
  const [kind, node] = unwrapPiece(piece, field);
  const part = kind && { kind, node, around };
  if (part) {
    yield part;
  }
  const inside = part ? [part, ...around] : around;
  for (const [name, inner] of Object.entries(node)) {
    yield* walkParts(inner, name, inside);
  }
}

/** The kind of a piece, where it has one, and its members. */
function unwrapPiece(piece: object, field: string): [Kind | undefined, object] {
  const [only, ...others] = Object.entries(piece);
  const isNamed = only !== undefined && others.length === 0 && /^[A-Z]/.test(only[0]);
  return isNamed ? [only[0] as Kind, only[1] as object] : [KIND_OF_FIELD[field], piece];
}

/** The innermost part of a kind that another stands in. */
export function findAround<K extends Kind>({ around }: Part, kind: K): NodeOf<K> | undefined {
  return around.find((part) => part.kind === kind)?.node as NodeOf<K> | undefined;
}

/** The table that a column or constraint is made on. */
export function findTable(part: Part): NodeOf<'RangeVar'> | undefined {
  return (findAround(part, 'CreateStmt') ?? findAround(part, 'AlterTableStmt'))?.relation;
}

/** What is inside a node, if the node is of that kind. */
export function unwrapNode<K extends Kind>(node: Node | undefined, kind: K): NodeOf<K> | undefined {
  return (node as Partial<Record<Kind, unknown>> | undefined)?.[kind] as NodeOf<K> | undefined;
}

/** A list of names as texts: a qualified name, or the columns of a constraint. */
export function readNames(names: readonly Node[] | undefined): string[] {
  return (names ?? []).map((name) => unwrapNode(name, 'String')?.sval ?? '*');
}

/** The last of a list of names: the name without its schema. */
export function readName(names: readonly Node[] | undefined): string {
  return readNames(names).at(-1) ?? '';
}
