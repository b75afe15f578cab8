/** The rule that a check is from, as its pack describes it. */
import { useOperation } from '../../operations.ts';
import type { DescribedCheck, TypeRequirements } from './types.ts';

/** The pack of `tls-br 2.2.6, some-policy 1`: it stands first, policies behind it. */
function packIdOf(rules: string): string {
  return rules.split(' ', 1)[0] ?? rules;
}

/** The page of the rules of a type: a pack may have several, whose checks are called alike. */
export function hrefOfRules({ rules, type }: Pick<TypeRequirements, 'rules' | 'type'>): string {
  return `/rules/${packIdOf(rules)}?type=${type}`;
}

/** @returns undefined until it is here */
export function useDescribedCheck(
  { rules, type }: Pick<TypeRequirements, 'rules' | 'type'>,
  check_id: string,
): DescribedCheck | undefined {
  const { data } = useOperation('getRulePack', { params: { pack_id: packIdOf(rules) }, query: {} });
  return data?.rules.find((one) => one.type === type)?.checks.find(({ id }) => id === check_id);
}
