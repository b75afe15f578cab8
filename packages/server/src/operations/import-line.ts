/** One line of a file of organizations: read, checked, and everything derived that needs no id. Pure. */
import {
  fieldProblem,
  type OrganizationImportRecord,
  type Problem,
  problem,
} from '@orgvet/contract';
import {
  checkOrganizationImport,
  type DerivedDetails,
  deriveDetails,
  detailsOf,
  type OrganizationDetails,
} from '../domain/organization.ts';
import { listNamedUsers } from '../domain/validation.ts';

/** A line as the file's format gives it. */
export interface ImportLine {
  /** From 1. */
  readonly number: number;
  /** What a create would send, or why the line cannot be read. */
  readonly content: { readonly body: unknown } | { readonly fault: string };
}

/** A line that was looked at. The rest is to be used only if there are no problems. */
export interface PlannedLine {
  readonly number: number;
  readonly problems: readonly Problem[];
  readonly fingerprint: string;
  readonly skips_duplicate_check: boolean;
  readonly record: OrganizationImportRecord;
  readonly details: OrganizationDetails;
  readonly derived: DerivedDetails;
}

/** Looks at a line: every rule of a create that needs no look at the account. */
export function planLine({ number, content }: ImportLine): PlannedLine {
  const { problems, record } =
    'fault' in content
      ? {
          problems: [problem('bad_request_format', { reason: content.fault })],
          record: {} as OrganizationImportRecord,
        }
      : checkImportedBody(content.body);
  if (problems.length > 0) {
    return { number, problems, record, ...NOTHING_DERIVED };
  }
  const details = detailsOf(record);
  const derived = deriveDetails(details);
  return {
    number,
    problems,
    fingerprint: derived.fingerprint,
    skips_duplicate_check: record.skip_duplicate_org_check === true,
    record,
    details,
    derived,
  };
}

/** Users are refused: a file comes from elsewhere, where other people have the same numbers. */
function checkImportedBody(body: unknown): ReturnType<typeof checkOrganizationImport> {
  const { problems, record } = checkOrganizationImport(body);
  const users = listNamedUsers(record.validations).map(({ path }) =>
    fieldProblem('invalid', path, 'must be left out in a file: give the person by name.'),
  );
  return { problems: [...problems, ...users], record };
}

const NOTHING_DERIVED = {
  fingerprint: '',
  skips_duplicate_check: false,
  details: {} as OrganizationDetails,
  derived: {} as DerivedDetails,
};
