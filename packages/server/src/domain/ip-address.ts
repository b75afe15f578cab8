/**
 * Addresses that requests come from, and the ranges that rules allow (Add IP rule: IPv4, first and last
 * address). Pure.
 */
import { fieldProblem, IpRuleRequest, type Problem, readBody } from '@orgvet/contract';

interface IpRange {
  readonly ip_address: string;
  readonly ip_address_end: string;
}

/** A rule; one with neither user nor key is about the whole account. */
export interface IpRule extends IpRange {
  readonly user_id: number;
  readonly api_key_id: number;
}

/** How a socket for both kinds of addresses shows one of IPv4. */
const MAPPED_PREFIX = '::ffff:';

/** A byte without leading zeros: some read those as octal. */
const BYTE = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${BYTE}(?:\\.${BYTE}){3}$`);

/** Reads the body of "Add IP rule": every problem that needs no look at the account. */
export function checkIpRule(body: unknown): { problems: Problem[]; request: IpRuleRequest } {
  const { problems, value } = readBody(IpRuleRequest, body, {});
  const { ip_address, ip_address_end, user_id, api_key_id } = value;
  const first = numberOf(ip_address);
  const last = numberOf(ip_address_end);
  for (const [path, number] of [
    ['ip_address', first],
    ['ip_address_end', last],
  ] as const) {
    if (value[path] !== undefined && number === undefined) {
      problems.push(fieldProblem('invalid', path, 'must be an IPv4 address.'));
    }
  }
  if (first !== undefined && last !== undefined && last < first) {
    const detail = `must not be before ip_address, which is ${ip_address}.`;
    problems.push(fieldProblem('invalid', 'ip_address_end', detail));
  }
  if (user_id !== undefined && api_key_id !== undefined) {
    const detail = 'must not be together with user_id: a rule is for a user or for a key.';
    problems.push(fieldProblem('invalid', 'api_key_id', detail));
  }
  return { problems, request: value };
}

/** An IPv4 address as a number, also one that a socket for both kinds shows as IPv6. */
export function parseIpv4(text: string): number | undefined {
  const isMapped = text.slice(0, MAPPED_PREFIX.length).toLowerCase() === MAPPED_PREFIX;
  return numberOf(isMapped ? text.slice(MAPPED_PREFIX.length) : text);
}

/**
 * Whether a request may come from an address. The rules of the account, of the user and of the key each
 * stand for themselves: where one of these has any, one of its ranges must hold the address. Nothing but
 * IPv4 is ever inside a range.
 *
 * @param rules those of the account, of the user and of the key that ask; of nobody else
 */
export function isAddressAllowed(rules: readonly IpRule[], address: string): boolean {
  const number = parseIpv4(address);
  const levels = Map.groupBy(rules, ({ user_id, api_key_id }) => `${user_id} ${api_key_id}`);
  return [...levels.values()].every((level) =>
    level.some((range) => number !== undefined && isInRange(range, number)),
  );
}

function isInRange({ ip_address, ip_address_end }: IpRange, number: number): boolean {
  const first = numberOf(ip_address) ?? Number.POSITIVE_INFINITY;
  const last = numberOf(ip_address_end) ?? Number.NEGATIVE_INFINITY;
  return first <= number && number <= last;
}

function numberOf(address: string | undefined): number | undefined {
  if (address === undefined || !IPV4.test(address)) {
    return undefined;
  }
  return address.split('.').reduce((number, byte) => number * 256 + Number(byte), 0);
}
