/**
 * Findings about the certificates that an organization's details would make: members that are too long,
 * and what may be done about it for each type. Pure.
 */
import type { Finding, SubjectMember, ValidationTypeName } from '@orgvet/contract';
import type { OrganizationDetails } from './organization.ts';
import { describeSubject, type SubjectProfile } from './subject.ts';
import { getValidationType } from './validation.ts';

const VARIATION = 'A common variation or locally accepted abbreviation may stand there instead';
const SHORTENING =
  'Parts of the name may be abbreviated, and words that do not matter left out, as long as nobody takes it for another organization; if that cannot be, there is no certificate';

/** What each type allows where the name is too long. */
const SHORTER_NAMES: Readonly<Record<ValidationTypeName, string>> = {
  ov: `${VARIATION}, or one of name and assumed name alone (BR 7.1.2.7.4).`,
  ev: `${SHORTENING} (EVG 7.1.4.2.1).`,
  cs: `${VARIATION} (CSBR 7.1.4.2.3).`,
  ev_cs: `${SHORTENING} (CSBR 7.1.4.2.4).`,
  smime: `${VARIATION}, or one of name and assumed name alone (SBR 7.1.4.2.2).`,
  ds: 'How it is shortened, the policy for document signing says.',
};

/** What a `PrintableString` can hold, which `serialNumber` must be (BR 7.1.4.2). */
const PRINTABLE = /^[A-Za-z0-9 '()+,\-./:=?]*$/;

/** Everything that there is to say about the subjects, each type once. */
export function listSubjectFindings(
  details: OrganizationDetails,
  profile: SubjectProfile,
  types: readonly ValidationTypeName[],
): Finding[] {
  return [...new Set(types)].flatMap((type) => {
    const members = describeSubject(details, type, profile);
    const name = members.find(({ attribute }) => attribute === 'organizationName');
    return members
      .filter(({ attribute, value }) => attribute !== 'commonName' || value !== name?.value)
      .flatMap((member) => listMemberFindings(member, type));
  });
}

function listMemberFindings(member: SubjectMember, type: ValidationTypeName): Finding[] {
  const { attribute, label, value, field, length_max, section, is_too_long } = member;
  const found: Finding[] = [];
  const isName = attribute === 'organizationName' || attribute === 'commonName';
  const named = getValidationType(type).name;
  if (is_too_long) {
    const length = [...value].length;
    found.push({
      code: 'subject_too_long',
      field,
      reason: `For ${named}, ${label} in the certificate would read "${value}": ${length} characters, and ${length_max} fit (${section}). ${
        isName ? SHORTER_NAMES[type] : 'Give a shorter form.'
      }`,
      severity: isName ? 'warning' : 'error',
    });
  }
  if (attribute === 'serialNumber' && !PRINTABLE.test(value)) {
    found.push({
      code: 'subject_characters',
      field,
      reason: `For ${named}, ${label} in the certificate would read "${value}". It can hold no characters but letters and digits of ASCII, spaces and '()+,-./:=? (${section}). Give the number as the register writes it in such letters.`,
      severity: 'error',
    });
  }
  return found;
}
