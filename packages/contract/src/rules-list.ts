/** The rules that validations are made by, as those read them who work by them. */
import { type Static, Type } from 'typebox';
import { oneOf, optional } from './fields.ts';
import { EVIDENCE_KIND_NAMES, RuleCheck, RulePack, RulePolicy, TypeRules } from './rule-pack.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

const { $schema: _, ...policyMembers } = RulePolicy.properties;
const { id, version, title, authority, published_on, in_force_from, notes } = RulePack.properties;

const types = Type.Array(oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'), {
  description: 'What it decides now, or adds to; a pack that is not in force decides nothing.',
});

const ListedPack = Type.Object({
  ...{ id, version, title, authority, published_on, in_force_from },
  types,
});

export const RulesList = Type.Object({
  packs: Type.Array(ListedPack, { description: 'Every version that there is.' }),
  policies: Type.Array(Type.Object({ ...policyMembers, types })),
  change_days: Type.Array(in_force_from, {
    description: 'Days on which a period, a cap or a version begins.',
  }),
});
export type RulesList = Static<typeof RulesList>;

export const RulePackQuery = Type.Object({
  version: optional(
    Type.String({
      maxLength: 32,
      description: 'Another version than the one that is in force.',
    }),
  ),
});
export type RulePackQuery = Static<typeof RulePackQuery>;

const DescribedCheck = Type.Object({
  id: RuleCheck.properties.id,
  title: RuleCheck.properties.title,
  section: RuleCheck.properties.section,
  rules: Type.String({ description: 'The pack that has it, or the policy that adds it.' }),
  statement: RuleCheck.properties.statement,
  applies_when: optional(
    Type.String({ description: 'In words; left out where it applies to every organization.' }),
  ),
  accepts: Type.Array(
    Type.Object({
      kinds: Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind of evidence.'), {
        description: 'At least one piece of each.',
      }),
      applies_when: optional(Type.String({ description: 'In words.' })),
      section: optional(RuleCheck.properties.section),
    }),
    { description: 'Each is enough. None where a person decides without evidence.' },
  ),
  never: Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind that must not be relied on.')),
  limits: Type.Array(
    Type.Object({
      issued_from: optional(Type.String({ description: 'From this day of issue on.' })),
      days: optional(Type.Integer({ description: 'Left out where nothing limits it.' })),
    }),
    {
      description:
        'How old what is relied on may be on the day of issue, with all caps; none for what does not age.',
    },
  ),
  contract_sets_term: Type.Boolean({ description: 'Whether a contract may set another term.' }),
  second_person: RuleCheck.properties.second_person,
  is_final: Type.Boolean({ description: 'Whether it is decided after all others.' }),
  touched_by: RuleCheck.properties.touched_by,
  next_actor: RuleCheck.properties.next_actor,
  applicant: RuleCheck.properties.applicant,
});

export const DescribedRulePack = Type.Object({
  ...ListedPack.properties,
  versions: Type.Array(version, { description: 'All versions of the pack, the earliest first.' }),
  notes,
  rules: Type.Array(
    Type.Object({
      type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
      sample_percent: TypeRules.properties.sample_percent,
      sample_section: TypeRules.properties.sample_section,
      checks: Type.Array(DescribedCheck),
    }),
    { description: 'With what policies add, on the day on which the version decides.' },
  ),
});
export type DescribedRulePack = Static<typeof DescribedRulePack>;
