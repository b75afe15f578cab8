/**
 * Rule packs: what a text of rules asks of a validation, as data. The schema is published, so that an
 * operator can write packs and tightenings of their own; what they mean is the server's to interpret.
 */

import { type Static, Type } from 'typebox';
import { DETAIL_FIELDS, PROFILE_FIELDS } from './fact-fields.ts';
import { oneOf, optional } from './fields.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

/** What evidence can be, each with what is meant by it. */
export const EVIDENCE_KINDS = {
  government_register:
    'The incorporating or registration agency, or another government agency, asked directly.',
  qgis: 'Qualified government information source.',
  qtis: 'Qualified government tax information source.',
  qiis: 'Qualified independent information source.',
  reliable_data_source: 'Database of a third party that is kept up to date and judged reliable.',
  lei_record: 'Record of the LEI, looked up at the global index.',
  site_visit: 'Report of a visit to the place, with photographs.',
  attestation_letter: 'Letter of an accountant, lawyer or official that attests to facts.',
  professional_letter:
    'Letter of a lawyer or accountant whose status, basis and authenticity were verified.',
  supporting_document: 'Document that a letter rests on.',
  independent_confirmation: 'Confirmation by somebody of the applicant who is independent of it.',
  superior_entity: 'Confirmation by the government entity above.',
  court_confirmation: 'Confirmation by a judge.',
  constituent_document: 'Charter, treaty or other document by which the entity exists.',
  official_list: 'List of a government or of the forum that names the entity.',
  utility_bill: 'Bill of a utility.',
  bank_statement: 'Statement of a bank account.',
  card_statement: 'Statement of a credit card.',
  tax_document: 'Document of a tax authority.',
  other_address_document: 'Another reliable document that shows the address.',
  domain_record: 'Country of the domain, its registrar record or its address.',
  telephone_record: 'Record of a telephone company.',
  communication_response: 'Answer got by the verified method of communication.',
  deposit_account: 'Confirmation of a current deposit account by the bank that has it.',
  corporate_resolution: 'Certified resolution of the organization.',
  contract: 'Contract with the applicant that names who may do what, for how long.',
  signer_representation: 'Statement by the contract signer about the approver.',
  verified_contact_confirmation: 'Answer of a verified contact who was asked by mail.',
  photo_id: 'Photo identity document of a person, inspected.',
  secondary_identity_document: 'Further document of a person.',
  financial_identity_document: 'Document of a financial institution about a person.',
  personal_statement: 'Signed statement of a person about themselves.',
  identity_session: 'Meeting in person, by video, or before a notary.',
  digital_signature: 'Signature with a certificate that proves who signed.',
  subscriber_agreement: 'Signed subscriber agreement or terms.',
  screening_result: 'Result of looking for the names in lists.',
  romanization: 'Verified romanization or translation of a name.',
  applicant_statement: 'What the applicant says of itself.',
  own_database: 'Records of earlier validations.',
  other: 'Anything else.',
} as const;
export type EvidenceKind = keyof typeof EVIDENCE_KINDS;
export const EVIDENCE_KIND_NAMES = Object.keys(EVIDENCE_KINDS) as EvidenceKind[];

export const ENTITY_CLASSES = [
  'private_organization',
  'government_entity',
  'business_entity',
  'non_commercial_entity',
] as const;

/** What conditions ask about. The answers follow from details and profile. */
export const CONDITION_FACTS = [
  /** Whether an assumed name was given. */
  'has_assumed_name',
  /** One of the entity classes. */
  'entity_class',
  /** Whole years since the organization was formed. */
  'years_since_formation',
  /** Whether the place of business is in another country than the jurisdiction. */
  'is_place_of_business_abroad',
  /** Whether the name has letters that are not Latin. */
  'has_non_latin_name',
  'has_lei',
  'has_organization_identifier',
  'relies_on_affiliate',
  'has_preauthorized_approvers',
] as const;

const date = (description: string) =>
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description, examples: ['2026-03-15'] });

const name = (description: string) =>
  Type.String({ pattern: '^[a-z][a-z0-9_]*$', maxLength: 64, description });

const packId = (description: string) =>
  Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 64, description });

const sentence = (description: string) =>
  Type.String({ minLength: 1, maxLength: 2000, description });

const section = Type.String({
  minLength: 1,
  maxLength: 120,
  description: 'Section of the text, as `BR 3.2.2.1`.',
});

const days = (description: string) => Type.Integer({ minimum: 1, maximum: 36_500, description });

const Condition = Type.Object(
  {
    fact: oneOf(CONDITION_FACTS, 'What is asked about.'),
    is: optional(
      Type.Array(Type.Unsafe<string | boolean>({ type: ['string', 'boolean'] }), {
        minItems: 1,
        description: 'It is one of these.',
      }),
    ),
    below: optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'It is a number below this.' }),
    ),
    at_least: optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'It is this number or above.' }),
    ),
  },
  { additionalProperties: false, description: 'Has one of `is`, `below` and `at_least`.' },
);
export type Condition = Static<typeof Condition>;

const Conditions = Type.Array(Condition, {
  minItems: 1,
  description:
    'All of these must hold. While a fact is not known, a check applies, and an alternative is not open.',
});

const Alternative = Type.Object(
  {
    all_of: Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind of evidence.'), {
      minItems: 1,
      description: 'Kinds that are enough together: at least one piece of each.',
    }),
    applies_when: optional(Conditions),
    section: optional(section),
  },
  { additionalProperties: false },
);

const ReusePeriod = Type.Object(
  {
    issued_from: optional(
      date('First day of issue that the limit is for; left out for the first period.'),
    ),
    days: days('How old what is relied on may be on the day of issue.'),
    section,
  },
  { additionalProperties: false },
);
export type ReusePeriod = Static<typeof ReusePeriod>;

export const RuleCheck = Type.Object(
  {
    id: name('Names the check in its type; the same for the same question in every pack.'),
    title: Type.String({ minLength: 1, maxLength: 120 }),
    section,
    statement: sentence('What must be shown.'),
    applies_when: optional(Conditions),
    evidence: optional(
      Type.Object(
        {
          any_of: Type.Array(Alternative, {
            minItems: 1,
            description: 'Each of these is enough.',
          }),
          never: Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind of evidence.'), {
            description: 'Kinds that a decision must not rely on at all.',
          }),
        },
        {
          additionalProperties: false,
          description: 'Left out where a person decides without evidence.',
        },
      ),
    ),
    reuse: optional(
      Type.Array(ReusePeriod, {
        minItems: 1,
        description:
          'How old the oldest piece relied on may be, by the day of issue; where there is no ' +
          'evidence, the decision. Left out for what does not age.',
      }),
    ),
    contract_sets_term: optional(
      Type.Boolean({
        description: 'Whether a contract that is relied on may set another term than `reuse`.',
      }),
    ),
    second_person: Type.Boolean({
      description: 'Whether a second person, who collected none of it, must review.',
    }),
    is_final: optional(
      Type.Boolean({ description: 'Whether it is about all others, and decided after them.' }),
    ),
    touched_by: Type.Array(
      oneOf([...DETAIL_FIELDS, ...PROFILE_FIELDS], 'Detail or profile field.'),
      { description: 'Changes of these open the check again.' },
    ),
    next_actor: oneOf(
      ['specialist', 'applicant', 'verified_contact'] as const,
      'Who must act while it is open.',
    ),
    applicant: sentence('What the applicant can do about it.'),
  },
  { additionalProperties: false },
);
export type RuleCheck = Static<typeof RuleCheck>;

export const TypeRules = Type.Object(
  {
    type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
    sample_percent: Type.Number({
      minimum: 0,
      maximum: 100,
      description: 'Share of validations that is looked at again each quarter.',
    }),
    sample_percent_delegated: optional(
      Type.Number({
        minimum: 0,
        maximum: 100,
        description: 'The same where a registration authority did the work.',
      }),
    ),
    sample_minimum: optional(
      Type.Integer({ minimum: 1, description: 'At least so many, where there are so many.' }),
    ),
    sample_section: section,
    checks: Type.Array(RuleCheck, { minItems: 1 }),
  },
  { additionalProperties: false },
);
export type TypeRules = Static<typeof TypeRules>;

/** Facts, in examples. */
const ExampleFacts = Type.Record(
  Type.String(),
  Type.Unsafe<string | boolean | number>({ type: ['string', 'boolean', 'number'] }),
);

const WorkedExample = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
    check: name('Id of the check.'),
    obtained_on: optional(date('Day on which the evidence was obtained.')),
    usable_until: optional(
      date('First day at whose beginning it is too old; given with `obtained_on`.'),
    ),
    evidence: optional(Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind of evidence.'))),
    facts: optional(ExampleFacts),
    is_enough: optional(
      Type.Boolean({ description: 'Whether `evidence` is enough; given with it.' }),
    ),
    applies: optional(
      Type.Boolean({ description: 'Whether the check applies; given with `facts`.' }),
    ),
  },
  { additionalProperties: false },
);
export type WorkedExample = Static<typeof WorkedExample>;

export const RulePack = Type.Object(
  {
    $schema: optional(Type.String()),
    id: packId('Names the text of rules, the same in every version.'),
    version: Type.String({ pattern: '^\\d+(\\.\\d+)*$', maxLength: 32 }),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    authority: oneOf(
      ['ca_browser_forum', 'operator'] as const,
      'Whose rules they are; `operator`: a policy that the operator is free to change.',
    ),
    published_on: date('Day on which this version was published.'),
    in_force_from: date('First day on which this version decides.'),
    notes: Type.Array(sentence('How an unclear sentence of the text was read, and the like.')),
    types: Type.Array(TypeRules, { minItems: 1 }),
    worked_examples: Type.Array(WorkedExample),
  },
  {
    additionalProperties: false,
    $id: 'rule-pack',
    description: 'What a text of rules asks of validations.',
  },
);
export type RulePack = Static<typeof RulePack>;

/** What an operator asks beyond the packs. It can only ever add. */
export const RulePolicy = Type.Object(
  {
    $schema: optional(Type.String()),
    id: packId('Names the policy.'),
    version: Type.String({ pattern: '^\\d+(\\.\\d+)*$', maxLength: 32 }),
    title: Type.String({ minLength: 1, maxLength: 200 }),
    caps: Type.Array(
      Type.Object(
        {
          types: Type.Array(oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'), { minItems: 1 }),
          checks: optional(
            Type.Array(name('Id of a check.'), {
              minItems: 1,
              description: 'Left out for every check that ages.',
            }),
          ),
          issued_from: optional(date('First day of issue that the cap is for.')),
          days: days('How old what is relied on may be; never more than the pack allows.'),
          reason: sentence('Why, as those read it whose validations end sooner.'),
        },
        { additionalProperties: false },
      ),
    ),
    extra_checks: Type.Array(
      Type.Object(
        {
          types: Type.Array(oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'), { minItems: 1 }),
          check: RuleCheck,
        },
        { additionalProperties: false },
      ),
    ),
    second_person: Type.Array(
      Type.Object(
        {
          types: Type.Array(oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'), { minItems: 1 }),
          checks: Type.Array(name('Id of a check.'), { minItems: 1 }),
        },
        {
          additionalProperties: false,
          description: 'Checks that a second person must review here.',
        },
      ),
    ),
    refused_evidence: Type.Array(
      Type.Object(
        {
          types: Type.Array(oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'), { minItems: 1 }),
          checks: Type.Array(name('Id of a check.'), { minItems: 1 }),
          kinds: Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind of evidence.'), { minItems: 1 }),
        },
        {
          additionalProperties: false,
          description: 'Kinds of evidence that checks do not accept here.',
        },
      ),
    ),
  },
  {
    additionalProperties: false,
    $id: 'rule-policy',
    description: 'What an operator asks beyond the rule packs.',
  },
);
export type RulePolicy = Static<typeof RulePolicy>;
