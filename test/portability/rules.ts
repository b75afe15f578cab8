/**
 * Which SQL is portable: every rule that Orgvet's PostgreSQL statements keep, so that they also run on
 * engines which speak PostgreSQL's protocol without being PostgreSQL.
 */

import { QUERY_RULES } from './query-rules.ts';
import type { Engine, Rule } from './rule.ts';
import { SCHEMA_RULES } from './schema-rules.ts';
import { SESSION_RULES } from './session-rules.ts';
import { listParts, type Part } from './syntax.ts';
import { TENANT_RULES } from './tenant-rules.ts';

/** All rules by their names. */
export const RULES = {
  ...SESSION_RULES,
  ...SCHEMA_RULES,
  ...QUERY_RULES,
  ...TENANT_RULES,
} satisfies Record<string, Rule>;

export type RuleName = keyof typeof RULES;

/** One thing in a statement that is not portable. */
export interface Fault {
  /** The rule that is broken; `syntax` if not even PostgreSQL understands the statement. */
  readonly rule: RuleName | 'syntax';
  /** The engines that lack the thing, or do it in another way. */
  readonly engines: readonly Engine[];
  /** What the statement does, in words. */
  readonly place: string;
}

const ALL_ENGINES: readonly Engine[] = ['Aurora', 'Citus', 'CockroachDB', 'YugabyteDB'];

/** Everything in a text of SQL that is not portable. */
export async function checkStatement(sql: string): Promise<Fault[]> {
  let parts: Part[];
  try {
    parts = await listParts(sql);
  } catch (error) {
    return [{ rule: 'syntax', engines: ALL_ENGINES, place: (error as Error).message }];
  }
  const names = Object.keys(RULES) as RuleName[];
  return names.flatMap((name) => checkRule(name, parts));
}

function checkRule(name: RuleName, parts: readonly Part[]): Fault[] {
  const { engines, recognise }: Rule = RULES[name];
  const places = parts.flatMap((part) => {
    // The kind of a part says what its node is, which the compiler cannot follow through a table.
    const check = recognise[part.kind] as
      | ((node: object, part: Part) => string | undefined)
      | undefined;
    return check?.(part.node, part) ?? [];
  });
  return [...new Set(places)].map((place) => ({ rule: name, engines, place }));
}
