/**
 * Rules about the addresses that requests may come from: they belong to the account, and are found at
 * its root container. What they allow is decided in domain/ip-address.ts, where keys are looked at.
 */
import {
  fieldProblem,
  type IpRule,
  type IpRuleList,
  type Problem,
  problem,
} from '@orgvet/contract';
import { checkIpRule, isAddressAllowed } from '../domain/ip-address.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { findApiKey } from '../store/api-keys.ts';
import { findContainer } from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import {
  deleteIpRule as deleteStoredRule,
  findIpRule,
  insertIpRule,
  listIpRulesFor,
  listIpRules as listStoredRules,
  lockIpRules,
  type StoredIpRule,
  updateHasIpRules,
} from '../store/ip-rules.ts';
import { findUser } from '../store/users.ts';
import type { OneContainer } from './containers.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { isUserVisible } from './user-parts.ts';

export async function listIpRules(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<IpRuleList> {
  await refuseUnlessRoot(context, container_id);
  const rules = await listStoredRules(context.store.reader, context.principal.account_id);
  return { ip_rules: rules.map((rule) => describeRule(rule, container_id)) };
}

export async function createIpRule(
  context: Context,
  { params: { container_id }, body }: OneContainer & { readonly body: unknown },
): Promise<{ id: number }> {
  const { account_id } = context.principal;
  const { problems, request } = checkIpRule(body);
  await refuseUnlessRoot(context, container_id);
  refuseIfAny([...problems, ...(await checkHolder(context, request))]);
  const { ip_address, ip_address_end, description = '', user_id = 0, api_key_id = 0 } = request;
  const rule = { user_id, api_key_id, ip_address, ip_address_end, description };
  return await context.store.transaction(async (tx) => {
    await lockIpRules(tx, account_id);
    const id = await insertIpRule(tx, { account_id, ...rule, created_at: timeOf(context) });
    await finishChange(tx, context);
    await recordEvent(tx, context, {
      action: 'ip_rule_created',
      object_type: 'ip_rule',
      object_id: id,
      after: rule,
    });
    return { id };
  });
}

export async function deleteIpRule(
  context: Context,
  {
    params: { container_id, ip_rule_id },
  }: { readonly params: { readonly container_id: number; readonly ip_rule_id: number } },
): Promise<void> {
  const { account_id } = context.principal;
  await refuseUnlessRoot(context, container_id);
  await context.store.transaction(async (tx) => {
    await lockIpRules(tx, account_id);
    const rule = await findIpRule(tx, account_id, ip_rule_id);
    if (rule === undefined) {
      refuseAsNotFound('ip_rule');
    }
    await deleteStoredRule(tx, account_id, ip_rule_id);
    await finishChange(tx, context);
    const { user_id, api_key_id, ip_address, ip_address_end, description } = rule;
    await recordEvent(tx, context, {
      action: 'ip_rule_deleted',
      object_type: 'ip_rule',
      object_id: ip_rule_id,
      before: { user_id, api_key_id, ip_address, ip_address_end, description },
    });
  });
}

/** Rules are the account's as a whole: a container below its root has none of its own. */
async function refuseUnlessRoot({ store, principal }: Context, container_id: number) {
  const container = await findContainer(store.reader, principal.account_id, container_id);
  if (container?.parent_id !== 0) {
    refuseAsNotFound('container');
  }
}

/** Whoever a rule is for must be there for the caller to see. */
async function checkHolder(
  context: Context,
  { user_id, api_key_id }: { readonly user_id?: number; readonly api_key_id?: number },
): Promise<Problem[]> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  const problems: Problem[] = [];
  if (user_id !== undefined && !(await isThere(context, user_id))) {
    const detail = `${user_id} is no user of this account.`;
    problems.push(fieldProblem('invalid', 'user_id', detail));
  }
  if (api_key_id !== undefined) {
    const key = await findApiKey(reader, account_id, api_key_id);
    if (key === undefined || !(await isThere(context, key.user_id))) {
      const detail = `${api_key_id} is no key of this account.`;
      problems.push(fieldProblem('invalid', 'api_key_id', detail));
    }
  }
  return problems;
}

async function isThere(
  { store: { reader }, principal }: Context,
  user_id: number,
): Promise<boolean> {
  const user = await findUser(reader, principal.account_id, user_id);
  return user !== undefined && (await isUserVisible(reader, principal, user));
}

/** Lets the account follow its changed rules, unless they would shut out whoever changes them. */
async function finishChange(
  tx: Transaction,
  { principal: { account_id, user_id, api_key_id }, ip_address }: Context,
): Promise<void> {
  const rules = await listIpRulesFor(tx, account_id, user_id, api_key_id);
  if (!isAddressAllowed(rules, ip_address)) {
    throw new RequestRefused([problem('ip_rule_excludes_request', { ip_address })]);
  }
  await updateHasIpRules(tx, account_id);
}

function describeRule(rule: StoredIpRule, container_id: number): IpRule {
  const { id, created_at, account_id, user_id, api_key_id, description } = rule;
  return {
    id,
    date_created: created_at,
    account_id: String(account_id),
    container_id,
    user_id,
    ...(api_key_id !== 0 && { api_key_id }),
    ip_address: rule.ip_address,
    ip_address_end: rule.ip_address_end,
    ...(description && { description }),
  };
}
