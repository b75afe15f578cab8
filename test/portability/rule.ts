/** What a rule of portability is, and the short ways to write the usual kinds of rule. */
import { type Kind, type NodeOf, type Part, readName, readNames } from './syntax.ts';

/** The engines that Orgvet's SQL is kept portable to. */
export type Engine = 'Aurora' | 'Citus' | 'CockroachDB' | 'YugabyteDB';

/** How a rule is recognised: for each kind of part what is wrong with it, in words, or undefined. */
export type Recognisers = {
  readonly [K in Kind]?: (node: NodeOf<K>, part: Part) => string | undefined;
};

export interface Rule {
  /** The engines that lack the thing, or do it in another way. */
  readonly engines: readonly [Engine, ...Engine[]];
  /** One sentence: what goes wrong there. */
  readonly why: string;
  readonly recognise: Recognisers;
}

/** Recognises parts by nothing but their kind. */
export function recogniseKinds(words: Partial<Record<Kind, string>>): Recognisers {
  return Object.fromEntries(Object.entries(words).map(([kind, text]) => [kind, () => text]));
}

/** Recognises calls of functions by the function's name. */
export function recogniseCalls(isMeant: (name: string) => boolean): Recognisers {
  return {
    FuncCall: (call) => {
      const name = readName(call.funcname);
      return isMeant(name) ? `calls ${name}()` : undefined;
    },
  };
}

/** Recognises operators by their sign. */
export function recogniseOperators(signs: readonly string[]): Recognisers {
  return {
    A_Expr: ({ kind, name }) => {
      const sign = readName(name);
      const isOperator = kind === 'AEXPR_OP' || kind === 'AEXPR_OP_ANY' || kind === 'AEXPR_OP_ALL';
      return isOperator && signs.includes(sign) ? `uses the operator ${sign}` : undefined;
    },
  };
}

/** Recognises types of columns and casts by their name. */
export function recogniseTypes(isMeant: (name: string) => boolean): Recognisers {
  return {
    TypeName: ({ names }) => {
      const name = readName(names);
      return isMeant(name) ? `uses the type ${name}` : undefined;
    },
  };
}

/** Whether a function is called without a schema, or by that of PostgreSQL itself. */
export function isOwnFunction({ funcname }: NodeOf<'FuncCall'>): boolean {
  const names = readNames(funcname);
  return names.length === 1 || names[0] === 'pg_catalog';
}

/** For a rule: statements that break it, and neighbours of theirs that break no rule at all. */
export interface Examples {
  readonly found: readonly [string, ...string[]];
  readonly passed: readonly [string, ...string[]];
}
