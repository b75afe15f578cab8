/** The rules that validations are made by, for those who work by them. They are the same for every account. */
import { type DescribedRulePack, RulePackQuery, type RulesList, readQuery } from '@orgvet/contract';
import { refuseIfAny } from '../domain/problems.ts';
import { listChangeDays } from '../domain/rules/change-days.ts';
import { describePack, findPack } from '../domain/rules/described-pack.ts';
import { listTypesInForce, listTypesOfPolicy } from '../domain/rules/overview.ts';
import { type Context, refuseAsNotFound } from './context.ts';

/** Every pack and policy, as they stand by the account's clock. */
export async function listRules({ rules, clock }: Context): Promise<RulesList> {
  const now_ms = clock.now_ms();
  return {
    packs: rules.packs.map((pack) => {
      const { id, version, title, authority, published_on, in_force_from } = pack;
      const types = listTypesInForce(rules, pack, now_ms);
      return { id, version, title, authority, published_on, in_force_from, types };
    }),
    policies: rules.policies.map(({ $schema: _, ...policy }) => ({
      ...policy,
      types: listTypesOfPolicy(policy),
    })),
    change_days: listChangeDays(rules),
  };
}

/** A pack with its checks. */
export async function getRulePack(
  { rules, clock }: Context,
  {
    params: { pack_id },
    query,
  }: {
    readonly params: { readonly pack_id: string };
    readonly query: Readonly<Record<string, unknown>>;
  },
): Promise<DescribedRulePack> {
  const { problems, value } = readQuery(RulePackQuery, query);
  refuseIfAny(problems);
  const now_ms = clock.now_ms();
  const pack = findPack(rules, pack_id, now_ms, value.version);
  return pack === undefined ? refuseAsNotFound('rule_pack') : describePack(rules, pack, now_ms);
}
