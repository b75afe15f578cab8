/** Submits an organization for validation: for which types, and who approves where that is needed. */
import { Checkbox, Stack } from '@mantine/core';
import { VALIDATION_TYPE_NAMES, VALIDATION_TYPES } from '@orgvet/contract';
import { useState } from 'react';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { Day } from '../../parts/moment.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import type { VerifiedUser } from './candidates.ts';
import { useOpenDialog } from './dialogs.ts';
import type { Organization } from './frame.tsx';
import type { TypeRequirements } from './overview.tsx';
import { listPersonCodes, type Person } from './person.ts';
import { PEOPLE_PATH, SubmissionPeople } from './submission-people.tsx';

type TypeName = TypeRequirements['type'];

/** What was refused before it was sent: there is nobody, or nothing, to send. */
interface Refusal {
  readonly missing: 'types' | 'people';
}

interface SubmissionProps {
  readonly organization: Organization;
  readonly types: readonly TypeRequirements[];
}

export function Submission({ organization, types }: SubmissionProps) {
  const texts = useTexts();
  const { submission } = texts.organization;
  const { close } = useOpenDialog();
  const show = useToast();
  const [chosen, choose] = useState<readonly TypeName[]>([]);
  const [people, setPeople] = useState<readonly VerifiedUser[]>([]);
  const [newPerson, setNewPerson] = useState<Person>();
  const [refusal, setRefusal] = useState<Refusal>();
  const { mutate, isPending, error, reset } = useChange('submitValidations');
  const needing = chosen.filter(needsPeople);
  const all = [...people, ...(newPerson ? [newPerson] : [])];
  const submit = () => {
    reset();
    const missing = findMissing(chosen, needing.length > 0 && all.length === 0);
    setRefusal(missing);
    if (missing !== undefined) {
      return;
    }
    const validations = chosen.map((type) => ({
      type,
      ...(needsPeople(type) && { verified_users: all }),
    }));
    const onSuccess = () => {
      close();
      show(submission.done(chosen.map((type) => texts.words.validation_types[type]).join(', ')));
    };
    mutate({ params: { organization_id: organization.id }, body: { validations } }, { onSuccess });
  };
  return (
    <Dialog title={submission.title} onClose={close}>
      <Form error={refusal ?? error} onSubmit={submit}>
        <Stack>
          <TypeChoice
            types={types}
            chosen={chosen}
            isMissing={refusal?.missing === 'types'}
            onChange={choose}
          />
          {needing.length > 0 && (
            <SubmissionPeople
              organization={organization}
              needing={needing}
              newPerson={newPerson}
              isMissing={refusal?.missing === 'people'}
              error={error}
              onChoose={setPeople}
              onType={setNewPerson}
            />
          )}
          <ErrorNotice error={error} fields={newPerson ? listPersonCodes(PEOPLE_PATH) : []} />
          <FormButtons action={submission.action} isBusy={isPending} onCancel={close} />
        </Stack>
      </Form>
    </Dialog>
  );
}

function needsPeople(name: TypeName): boolean {
  return VALIDATION_TYPES.some(({ type, requires_user }) => type === name && requires_user);
}

function describeType(name: TypeName): string {
  return VALIDATION_TYPES.find(({ type }) => type === name)?.description ?? '';
}

function findMissing(chosen: readonly TypeName[], lacksPeople: boolean): Refusal | undefined {
  if (chosen.length === 0) {
    return { missing: 'types' };
  }
  return lacksPeople ? { missing: 'people' } : undefined;
}

function TypeChoice({
  types,
  chosen,
  isMissing,
  onChange,
}: {
  readonly types: readonly TypeRequirements[];
  readonly chosen: readonly TypeName[];
  readonly isMissing: boolean;
  onChange(chosen: readonly TypeName[]): void;
}) {
  const { organization, words } = useTexts();
  const texts = organization.submission;
  const known = (name: TypeName) => types.find(({ type }) => type === name);
  return (
    <Checkbox.Group
      label={texts.types}
      value={[...chosen]}
      error={isMissing && texts.no_type}
      onChange={(values) => onChange(values as TypeName[])}
    >
      <Stack gap="xs" mt="xs">
        {VALIDATION_TYPE_NAMES.map((type) => (
          <Checkbox
            key={type}
            value={type}
            label={`${words.validation_types[type]}: ${describeType(type)}`}
            description={<Standing type={known(type)} />}
            disabled={known(type)?.work === 'open'}
            aria-invalid={isMissing}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** What submitting for a type again would be beside. */
function Standing({ type }: { readonly type: TypeRequirements | undefined }) {
  const { organization } = useTexts();
  const texts = organization.submission;
  if (type?.work === 'open') {
    return texts.in_work;
  }
  if (type?.status === 'active' && type.validated_until !== undefined) {
    return (
      <>
        {texts.serves} <Day time={type.validated_until} />, {texts.serves_hint}
      </>
    );
  }
  if (type?.work === 'rejected') {
    return texts.rejected;
  }
  return type?.status === 'expired' ? texts.ended : undefined;
}
