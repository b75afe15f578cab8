/**
 * Random samples of what was validated: auditors look at them once more. A draw changes nothing but the
 * log, which has its seed and what was drawn.
 */
import {
  type Sample,
  type TypeSample,
  VALIDATION_TYPE_NAMES,
  type ValidationTypeName,
} from '@orgvet/contract';
import { refuseIfAny } from '../domain/problems.ts';
import { describeRules, getEdition } from '../domain/rules/rulebook.ts';
import {
  checkSampleRequest,
  drawSample as drawIds,
  type SamplePlan,
  shareOf,
  sizeOfSample,
} from '../domain/samples.ts';
import { formatTime } from '../domain/time.ts';
import { type CompletionRecord, listDecidedBetween } from '../store/completions.ts';
import { listStoredFacts } from '../store/organization-facts.ts';
import { type Context, recordEvent } from './context.ts';
import { readPeople } from './people-names.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

/** Of a seed that is made here. */
const SEED_BYTES = 16;

/** What was drawn of a type, without names. */
interface DrawnType extends Omit<TypeSample, 'completions'> {
  readonly drawn: readonly CompletionRecord[];
}

/** Draws a sample of every type from what was completed in a quarter. */
export async function drawSample(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<Sample> {
  const { store, clock, random, principal, rules } = context;
  const { account_id } = principal;
  // A share of a part is none of the whole, which is what the rules want.
  refuseUnlessUnrestricted(context);
  const { problems, plan } = checkSampleRequest(body, clock.now_ms());
  refuseIfAny(problems);
  const seed = plan.seed || Buffer.from(random(SEED_BYTES)).toString('hex');
  const { quarter, delegated } = plan;
  const from = formatTime(quarter.from_ms);
  const until = formatTime(quarter.until_ms);
  // Of a quarter that has ended nothing changes any more, so that no transaction need wait for this.
  const completions = await listDecidedBetween(store.reader, account_id, from, until);
  const types = VALIDATION_TYPE_NAMES.filter((type) => rules.editions.has(type)).map((type) =>
    drawType(context, { ...plan, seed }, type, completions),
  );
  const described = await describeTypes(context, types);
  await store.transaction(async (tx) => {
    await recordEvent(tx, context, {
      action: 'sample_drawn',
      object_type: 'account',
      object_id: account_id,
      after: {
        ...{ seed, quarter: quarter.name, delegated },
        completion_ids: types.flatMap(({ drawn }) => drawn.map(({ id }) => id)),
      },
    });
  });
  return { seed, quarter: quarter.name, delegated, types: described };
}

function drawType(
  { rules }: Context,
  { seed, quarter, delegated }: SamplePlan,
  type: ValidationTypeName,
  completions: readonly CompletionRecord[],
): DrawnType {
  const last_ms = quarter.until_ms - 1;
  const share = shareOf(getEdition(rules, type, last_ms).rules, delegated);
  const ofType = new Map(completions.flatMap((one) => (one.type === type ? [[one.id, one]] : [])));
  const size = sizeOfSample(ofType.size, share);
  const ids = drawIds({ seed, quarter: quarter.name, type }, [...ofType.keys()], size);
  return {
    ...{ type, population: ofType.size, ...share, size },
    rules: describeRules(rules, type, last_ms),
    drawn: ids.flatMap((id) => ofType.get(id) ?? []),
  };
}

async function describeTypes(
  { store, principal }: Context,
  types: readonly DrawnType[],
): Promise<TypeSample[]> {
  const { account_id } = principal;
  const all = types.flatMap(({ drawn }) => drawn);
  const organization_ids = [...new Set(all.map(({ organization_id }) => organization_id))];
  const facts = await listStoredFacts(store.reader, account_id, organization_ids);
  const names = new Map(facts.map(({ id, name }) => [id, name]));
  const people = all.map(({ completed_by_user_id }) => completed_by_user_id);
  const personOf = await readPeople(store.reader, account_id, people);
  return types.map(({ drawn, ...described }) => ({
    ...described,
    completions: drawn.map(({ id, organization_id, completed_at, completed_by_user_id }) => ({
      completion_id: id,
      organization: { id: organization_id, name: names.get(organization_id) ?? '' },
      completed_at,
      ...(completed_by_user_id !== 0 && { completed_by: personOf(completed_by_user_id) }),
    })),
  }));
}
