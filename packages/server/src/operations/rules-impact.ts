/**
 * What other rules would do to the validations of a registry: which of those that serve would end sooner,
 * and when. Nothing is changed, and nothing is kept: what ends when follows from the rules.
 */
import type { ValidationTypeName } from '@orgvet/contract';
import type { Rulebook } from '../domain/rules/rulebook.ts';
import { createValidityReader, findValidityEnd } from '../domain/rules/validity.ts';
import { formatTime } from '../domain/time.ts';
import { listAccounts } from '../store/accounts.ts';
import { readValidationEnds, type StoredValidationEnd } from '../store/validation-ends.ts';
import type { Environment } from './context.ts';

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
  readonly impacted: readonly ImpactedValidation[];
}

/** Whose validations, and at which moment. */
export interface ImpactScope {
  /** All accounts without it. */
  readonly account_id?: number;
  /** Each account's own now without it. */
  readonly at_ms?: number;
}

/** Goes through all accounts, or one. @throws if there is no such account */
export async function* readImpact(
  { store, clock }: Pick<Environment, 'store' | 'clock'>,
  rules: RulesCompared,
  { account_id, at_ms }: ImpactScope,
): AsyncGenerator<ImpactPage> {
  const all = await listAccounts(store.reader);
  const accounts = all.filter(({ id }) => account_id === undefined || id === account_id);
  if (accounts.length === 0) {
    throw new Error(`There is no account ${account_id}.`);
  }
  const endWithout = createValidityReader(rules.without);
  const endWith = createValidityReader(rules.with);
  for (const account of accounts) {
    const now = formatTime(at_ms ?? clock.now_ms() + account.clock_offset_ms);
    for await (const page of readValidationEnds(store.reader, account.id)) {
      const serving = page.filter((validation) => now < endWithout(validation));
      yield {
        serving: serving.length,
        impacted: serving
          .filter((validation) => endWith(validation) < endWithout(validation))
          .map((validation) => tell(account.id, validation, rules)),
      };
    }
  }
}

function tell(
  account_id: number,
  validation: StoredValidationEnd,
  rules: RulesCompared,
): ImpactedValidation {
  const { organization_id, organization_name, type } = validation;
  const { end: ends_without } = findValidityEnd(rules.without, validation);
  const { end: ends_with, check_id = '' } = findValidityEnd(rules.with, validation);
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
