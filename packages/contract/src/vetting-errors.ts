/** The codes of the work on validations: what the vendor's wire has no name for. */
import type { ErrorEntry } from './error-entry.ts';

export const VETTING_ERRORS = {
  organization_has_vetting_records: {
    status: 400,
    message: 'Checks of the organization were decided, and the records of that must be kept.',
    meaning:
      'Records of validations outlive the certificates that were issued by them. Deactivate the organization instead. A test account may delete it.',
    source: 'Orgvet',
  },
  'not_found|evidence': {
    status: 404,
    message: 'The specified evidence was not found.',
    meaning: 'There is no such evidence of this organization, or it is not yours.',
    source: 'Orgvet',
  },
  'not_found|file': {
    status: 404,
    message: 'The specified file was not found.',
    meaning: 'The organization has no evidence with a file of this digest.',
    source: 'Orgvet',
  },
  'not_found|source': {
    status: 404,
    message: 'The specified source was not found.',
    meaning: 'There is no such source in the register of the account.',
    source: 'Orgvet',
  },
  'not_found|rule_pack': {
    status: 404,
    message: 'The specified rule pack was not found.',
    meaning: 'There is no such rule pack, or no such version of it; see "List rules".',
    source: 'Orgvet',
  },
  'not_found|country': {
    status: 404,
    message: 'The specified country was not found.',
    meaning: 'There is no country of this code in ISO 3166-1.',
    source: 'Orgvet',
  },
  'not_found|check': {
    status: 404,
    message: 'The specified check was not found.',
    meaning: 'The rules of the validation type have no check of this name.',
    source: 'Orgvet',
  },
  not_qualified: {
    status: 403,
    message: 'You are not qualified for the validation type {type}.',
    meaning:
      'Whoever decides or reviews must be appointed for the type, and the qualification must not have run out.',
    source: 'Orgvet',
  },
  validation_not_open: {
    status: 400,
    message: 'The validation is not being worked on.',
    meaning: 'It is complete or was rejected. Submit the organization for the type again first.',
    source: 'Orgvet',
  },
  check_not_applicable: {
    status: 400,
    message: 'The check {check} ({section}) does not apply to this organization.',
    meaning: 'What is known of the organization says so; nothing need be decided.',
    source: 'Orgvet',
  },
  check_applies: {
    status: 400,
    message: 'The check {check} ({section}) cannot be set aside.',
    meaning:
      'The rules ask for it always, or what is known of the organization says that it applies.',
    source: 'Orgvet',
  },
  check_not_ready: {
    status: 400,
    message: 'The check {check} ({section}) is decided after these: {open}.',
    meaning: 'It is about all the others, so these come first.',
    source: 'Orgvet',
  },
  evidence_not_accepted: {
    status: 400,
    message: 'Evidence {evidence_id} ({kind}) must not be relied on for {check} ({section}).',
    meaning: 'The rules rule out this kind of evidence for the check.',
    source: 'Orgvet',
  },
  evidence_not_sufficient: {
    status: 400,
    message:
      'The evidence is not enough for {check} ({section}). One of these would do: {accepted}.',
    meaning: 'The kinds of evidence given do not satisfy the check, alone or together.',
    source: 'Orgvet',
  },
  evidence_too_old: {
    status: 400,
    message: 'Evidence {evidence_id} is too old for {check} ({section}) since {since}.',
    meaning: 'Obtain it again: the rules of today limit how old it may be.',
    source: 'Orgvet',
  },
  evidence_withdrawn: {
    status: 400,
    message: 'Evidence {evidence_id} has been withdrawn.',
    meaning: 'Nothing relies on evidence that was withdrawn, and a withdrawal is not changed.',
    source: 'Orgvet',
  },
  source_withdrawn: {
    status: 400,
    message: 'The source {source_id} has been withdrawn.',
    meaning:
      'No new evidence is from a source that was withdrawn, and a withdrawal is not changed.',
    source: 'Orgvet',
  },
  contract_term_not_allowed: {
    status: 400,
    message: 'No contract sets how long {check} ({section}) serves.',
    meaning:
      'Leave out contract_until. Only some checks leave their term to a contract, and only where a contract is among the evidence.',
    source: 'Orgvet',
  },
  nothing_to_review: {
    status: 400,
    message: 'There is no decision about {check} that a second person has to review.',
    meaning: 'Nothing was decided yet, it was reviewed already, or the rules ask for no review.',
    source: 'Orgvet',
  },
  reviewer_not_independent: {
    status: 400,
    message:
      'Whoever reviews {check} ({section}) must not have decided it or collected its evidence.',
    meaning: 'The rules ask for a second person. Let somebody else review.',
    source: 'Orgvet',
  },
  file_type_not_accepted: {
    status: 400,
    message: 'The file is of no type that is kept: {accepted}.',
    meaning: 'The type is told by the bytes of the file, whatever its name says.',
    source: 'Orgvet',
  },
  clock_goes_forward: {
    status: 400,
    message: 'The clock shows {now} and goes only forward.',
    meaning: 'Give a later time, or a duration.',
    source: 'Orgvet',
  },
  user_administers_organizations: {
    status: 400,
    message: 'The user {user_id} may edit organizations of the account and cannot validate them.',
    meaning:
      'Administrators and managers do not vet themselves. Appoint somebody with another role, or change the role first.',
    source: 'Orgvet',
  },
  user_is_appointed: {
    status: 400,
    message:
      'The user {user_id} validates organizations: the account makes no keys for them, and no administrator or manager of them.',
    meaning:
      'The operator makes keys for those who validate, so that nobody vets the own organizations. Nor do they become administrators before their appointments have ended.',
    source: 'Orgvet',
  },
} as const satisfies Record<string, ErrorEntry>;
