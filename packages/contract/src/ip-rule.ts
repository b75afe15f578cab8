/** Rules about the addresses that requests may come from, on the wire. */
import { type Static, Type } from 'typebox';
import { id, optional, text, time } from './fields.ts';

export const IpRule = Type.Object({
  id: id('Rule id.'),
  date_created: time('When the rule was made.'),
  account_id: Type.String({ description: 'Here a string, as the documents print it.' }),
  container_id: id('The root container of the account.'),
  user_id: Type.Integer({ minimum: 0, description: '0 where the rule is not for one user.' }),
  api_key_id: optional(id('Where the rule is for one key.')),
  ip_address: Type.String({ description: 'The first address.' }),
  ip_address_end: Type.String({ description: 'The last address.' }),
  description: optional(Type.String()),
});
export type IpRule = Static<typeof IpRule>;

export const IpRuleList = Type.Object({ ip_rules: Type.Array(IpRule) });
export type IpRuleList = Static<typeof IpRuleList>;

export const IpRuleRequest = Type.Object({
  ip_address: text(45, 'The first address (IPv4).'),
  ip_address_end: text(45, 'The last address (IPv4); the first again for one address alone.'),
  description: optional(text(255, 'What the rule is for.')),
  user_id: optional(id('Only for this user. Not together with `api_key_id`.')),
  api_key_id: optional(id('Only for this key. Not together with `user_id`.')),
});
export type IpRuleRequest = Static<typeof IpRuleRequest>;
