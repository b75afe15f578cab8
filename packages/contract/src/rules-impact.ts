/** What other rules would do to the validations of an account. */
import { type Static, Type } from 'typebox';
import { id, oneOf, optional, time } from './fields.ts';
import type { RulePack, RulePolicy } from './rule-pack.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

export const RulesImpactRequest = Type.Object({
  rules: optional(
    Type.Unsafe<RulePack | RulePolicy>({
      type: 'object',
      'x-as-sent': true,
      'x-conditional': true,
      description:
        'A rule pack or a policy, as in a file of rules (docs/rule-pack.schema.json, ' +
        'docs/rule-policy.schema.json): as if the server were started with it as well. It takes the ' +
        'place of a file of its kind and id. Given unless `change` is.',
    }),
  ),
  change: optional(
    Type.String({
      minLength: 1,
      maxLength: 10,
      format: 'date',
      description:
        'Instead of `rules`: the change of the rules in force that begins on this day, one of the ' +
        '`change_days` of "List rules".',
      examples: ['2026-03-15'],
    }),
  ),
});
export type RulesImpactRequest = Static<typeof RulesImpactRequest>;

const serving = Type.Integer({ minimum: 0, description: 'Validations that serve now.' });
const sooner = Type.Integer({ minimum: 0, description: 'Those of them that would end sooner.' });

export const RulesImpact = Type.Object({
  serving,
  sooner,
  types: Type.Array(
    Type.Object({ type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'), serving, sooner }),
    { description: 'The same by type; types of which nothing serves are left out.' },
  ),
  validations: Type.Array(
    Type.Object({
      organization_id: id('Organization id.'),
      organization_name: Type.String(),
      type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
      ends_without: time('When it ends without the change.'),
      ends_with: time('When it ends with it.'),
      check_id: Type.String({ description: 'The check whose evidence is too old first.' }),
    }),
    { description: 'Those that would end sooner; of many the 100 that would end first.' },
  ),
});
export type RulesImpact = Static<typeof RulesImpact>;
