/**
 * What other rules would do to the validations of a registry: which of those that serve would end sooner,
 * and when. Nothing is changed, and nothing is kept: what ends when follows from the rules.
 */
import {
  fieldProblem,
  type Problem,
  type RulesImpact,
  type RulesImpactRequest,
  VALIDATION_TYPE_NAMES,
  type ValidationTypeName,
} from '@orgvet/contract';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { createRulebookWithout, listChangeDays } from '../domain/rules/change-days.ts';
import { type Rulebook, RulesRefused } from '../domain/rules/rulebook.ts';
import { createEndReader, type ValidityEnd } from '../domain/rules/validity.ts';
import { checkRulesImpactRequest } from '../domain/rules-impact-request.ts';
import { formatTime } from '../domain/time.ts';
import { listAccounts } from '../store/accounts.ts';
import { readValidationEnds, type StoredValidationEnd } from '../store/validation-ends.ts';
import type { Context, Environment } from './context.ts';
import { parseRuleFiles, proposeRuleFiles } from './rule-files.ts';

/** Rules with and without what is asked about. */
export interface RulesCompared {
  readonly without: Rulebook;
  readonly with: Rulebook;
}

/** A validation that would end sooner. */
export interface ImpactedValidation {
  readonly account_id: number;
  readonly organization_id: number;
  readonly organization_name: string;
  readonly type: ValidationTypeName;
  readonly ends_without: string;
  readonly ends_with: string;
  /** The check whose evidence would be too old first. */
  readonly check_id: string;
}

/** A page of an account. */
export interface ImpactPage {
  /** How many of the page serve at the moment, by the rules without the change. */
  readonly serving: number;
  /** The type of each of these. */
  readonly serving_types: readonly ValidationTypeName[];
  readonly impacted: readonly ImpactedValidation[];
}

/** Whose validations, and at which moment. */
export interface ImpactScope {
  /** All accounts without it. */
  readonly account_id?: number;
  /** Each account's own now without it. */
  readonly at_ms?: number;
  /** Only those of organizations that belong or are assigned to one of these. */
  readonly visible_container_ids?: readonly number[];
}

/** So many are told one by one. */
const TOLD_MAX = 100;

/** Which validations of the account would end sooner by other rules, or do by a change of those in force. */
export async function compareRules(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<RulesImpact> {
  const { problems, request } = checkRulesImpactRequest(body);
  refuseIfAny(problems);
  const { clock, principal } = context;
  const { account_id, visible_container_ids } = principal;
  const compared = await readCompared(context.rules, request);
  const scope = {
    ...{ account_id, at_ms: clock.now_ms() },
    ...(visible_container_ids && { visible_container_ids }),
  };
  const tally = new ImpactTally();
  for await (const page of readImpact(context, compared, scope)) {
    tally.add(page);
    // Whatever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return tally.tell();
}

/** @throws RequestRefused for rules that cannot be, and for a day on which nothing changes */
async function readCompared(
  in_force: Rulebook,
  { rules, change = '' }: RulesImpactRequest,
): Promise<RulesCompared> {
  if (rules !== undefined) {
    return { without: in_force, with: await readProposed(in_force, rules) };
  }
  const days = listChangeDays(in_force);
  if (!days.includes(change)) {
    const detail = `must be a day on which rules change: ${days.join(', ')}.`;
    throw new RequestRefused([fieldProblem('invalid', 'change', detail)]);
  }
  return { without: createRulebookWithout(in_force, change), with: in_force };
}

async function readProposed(in_force: Rulebook, rules: object): Promise<Rulebook> {
  try {
    const files = await parseRuleFiles([{ file: RULES_NAME, text: JSON.stringify(rules) }]);
    return proposeRuleFiles(in_force, files);
  } catch (error) {
    throw error instanceof RulesRefused ? new RequestRefused(tellRefusal(error)) : error;
  }
}

/** Whose faults are told by this name, as those of a file by its own. */
const RULES_NAME = 'rules';

function tellRefusal({ problems }: RulesRefused): Problem[] {
  const { code } = fieldProblem('invalid', RULES_NAME, '');
  return problems.map((message) => ({ code, message }));
}

/** What is told of an impact, however much there is of it. */
class ImpactTally {
  readonly #serving = new Map<ValidationTypeName, number>();
  readonly #sooner = new Map<ValidationTypeName, number>();
  #first: readonly ImpactedValidation[] = [];

  add({ serving_types, impacted }: ImpactPage): void {
    for (const type of serving_types) {
      this.#serving.set(type, (this.#serving.get(type) ?? 0) + 1);
    }
    for (const { type } of impacted) {
      this.#sooner.set(type, (this.#sooner.get(type) ?? 0) + 1);
    }
    this.#first = [...this.#first, ...impacted].sort(compareEnds).slice(0, TOLD_MAX);
  }

  tell(): RulesImpact {
    const types = VALIDATION_TYPE_NAMES.flatMap((type) => {
      const serving = this.#serving.get(type) ?? 0;
      return serving === 0 ? [] : [{ type, serving, sooner: this.#sooner.get(type) ?? 0 }];
    });
    return {
      serving: types.reduce((sum, { serving }) => sum + serving, 0),
      sooner: types.reduce((sum, { sooner }) => sum + sooner, 0),
      types,
      validations: this.#first.map(({ account_id: _, ...validation }) => validation),
    };
  }
}

/** Those that end first come first, and of one day those of the organization that was there first. */
function compareEnds(one: ImpactedValidation, other: ImpactedValidation): number {
  if (one.ends_with !== other.ends_with) {
    return one.ends_with < other.ends_with ? -1 : 1;
  }
  return one.organization_id - other.organization_id;
}

/** Goes through all accounts, or one. @throws if there is no such account */
export async function* readImpact(
  { store, clock }: Pick<Environment, 'store' | 'clock'>,
  rules: RulesCompared,
  { account_id, at_ms, visible_container_ids }: ImpactScope,
): AsyncGenerator<ImpactPage> {
  const all = await listAccounts(store.reader);
  const accounts = all.filter(({ id }) => account_id === undefined || id === account_id);
  if (accounts.length === 0) {
    throw new Error(`There is no account ${account_id}.`);
  }
  const findEndWithout = createEndReader(rules.without);
  const findEndWith = createEndReader(rules.with);
  for (const account of accounts) {
    const now = formatTime(at_ms ?? clock.now_ms() + account.clock_offset_ms);
    const pages = readValidationEnds(store.reader, account.id, visible_container_ids);
    for await (const page of pages) {
      const serving = page
        .map((validation) => ({ validation, without: findEndWithout(validation).end }))
        .filter(({ without }) => now < without);
      yield {
        serving: serving.length,
        serving_types: serving.map(({ validation }) => validation.type),
        impacted: serving.flatMap(({ validation, without }) => {
          const sooner = findEndWith(validation);
          return sooner.end < without ? [tell(account.id, validation, without, sooner)] : [];
        }),
      };
    }
  }
}

function tell(
  account_id: number,
  { organization_id, organization_name, type }: StoredValidationEnd,
  ends_without: string,
  { end: ends_with, check_id = '' }: ValidityEnd,
): ImpactedValidation {
  return {
    account_id,
    organization_id,
    organization_name,
    type,
    ends_without,
    ends_with,
    check_id,
  };
}
