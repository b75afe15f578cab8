/** The verified contacts whom a submission names: of those who are known, and one who is not. */
import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { useTexts } from '../../texts/index.ts';
import { type Candidate, findCandidates, listCandidates, type VerifiedUser } from './candidates.ts';
import type { Organization } from './frame.tsx';
import type { TypeRequirements } from './overview.tsx';
import { describePersonErrors, NOBODY, type Person } from './person.ts';
import { PersonFields } from './person-fields.tsx';

/** Where a request has its verified contacts, as codes say it. */
export const PEOPLE_PATH = 'validations_verified_users';

/** As many as are looked through without a search. */
const SHOWN_MAX = 6;

interface SubmissionPeopleProps {
  readonly organization: Organization;
  /** The types that need them. */
  readonly needing: readonly TypeRequirements['type'][];
  readonly newPerson: Person | undefined;
  readonly isMissing: boolean;
  readonly error: unknown;
  onChoose(people: readonly VerifiedUser[]): void;
  onType(person: Person | undefined): void;
}

export function SubmissionPeople(props: SubmissionPeopleProps) {
  const { organization, onChoose } = props;
  const { organization: texts, organization_contacts, words } = useTexts();
  const query = useOperation('listPotentialApprovers', {});
  const [keys, setKeys] = useState<readonly string[]>([]);
  const types = props.needing.map((type) => words.validation_types[type]).join(', ');
  return (
    <Answer query={query}>
      {(approvers) => {
        const candidates = listCandidates(organization, approvers);
        const choose = (chosen: readonly string[]) => {
          setKeys(chosen);
          onChoose(
            candidates.filter(({ key }) => chosen.includes(key)).map(({ request }) => request),
          );
        };
        return (
          <>
            <CandidateChoice
              candidates={candidates}
              chosen={keys}
              hint={texts.submission.people_hint(types)}
              isMissing={props.isMissing}
              onChange={choose}
            />
            <Checkbox
              label={texts.submission.new_person}
              checked={props.newPerson !== undefined}
              onChange={({ currentTarget }) =>
                props.onType(currentTarget.checked ? NOBODY : undefined)
              }
            />
            {props.newPerson && (
              <fieldset className="panel">
                <legend>{texts.submission.new_person_title}</legend>
                <PersonFields
                  person={props.newPerson}
                  required={['first_name', 'last_name', 'job_title', 'email', 'telephone']}
                  errors={describePersonErrors(
                    props.error,
                    PEOPLE_PATH,
                    organization_contacts.fields,
                  )}
                  onChange={props.onType}
                />
              </fieldset>
            )}
          </>
        );
      }}
    </Answer>
  );
}

function CandidateChoice({
  candidates,
  chosen,
  hint,
  isMissing,
  onChange,
}: {
  readonly candidates: readonly Candidate[];
  readonly chosen: readonly string[];
  readonly hint: string;
  readonly isMissing: boolean;
  onChange(chosen: readonly string[]): void;
}) {
  const { organization } = useTexts();
  const texts = organization.submission;
  const [typed, setTyped] = useState('');
  const found = findCandidates(candidates, typed);
  // Whoever is chosen stays to be seen, whatever is searched for next.
  const shown = candidates.filter(
    (one) => chosen.includes(one.key) || found.slice(0, SHOWN_MAX).includes(one),
  );
  return (
    <Checkbox.Group
      label={texts.people}
      description={hint}
      value={[...chosen]}
      error={isMissing && texts.no_person}
      onChange={onChange}
    >
      <Stack gap="xs" mt="xs">
        {candidates.length > SHOWN_MAX && (
          <TextInput
            type="search"
            size="xs"
            label={texts.find}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            // Enter looks for somebody here; it does not submit yet.
            onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          />
        )}
        {shown.map(({ key, name, email, from }) => (
          <Checkbox
            key={key}
            value={key}
            label={`${name}, ${email}`}
            description={texts[from]}
            aria-invalid={isMissing}
          />
        ))}
        <p className="hint" role="status">
          {found.length > SHOWN_MAX && texts.more(found.length - SHOWN_MAX)}
          {found.length === 0 && typed !== '' && texts.nobody}
        </p>
      </Stack>
    </Checkbox.Group>
  );
}
