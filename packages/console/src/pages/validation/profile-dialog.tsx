/** The form of the profile: it replaces the whole, and says so of what a change touches. */

import { Button, Group, Stack, Text } from '@mantine/core';
import { PROFILE_FIELDS } from '@orgvet/contract';
import { useState } from 'react';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import type { Profile } from './facts.ts';
import { draftOf, planProfile } from './profile-draft.ts';
import { ProfileInput } from './profile-input.tsx';

interface ProfileDialogProps {
  readonly organization_id: number;
  readonly profile: Profile;
  onClose(): void;
}

export function ProfileDialog({ organization_id, profile, onClose }: ProfileDialogProps) {
  const { work, words, parts } = useTexts();
  const texts = work.profile;
  const show = useToast();
  const [draft, setDraft] = useState(() => draftOf(profile));
  const { mutate, isPending, error } = useChange('changeProfile');
  const errors = describeFieldErrors(error, PROFILE_FIELDS, words.fields);
  const save = () =>
    mutate(
      { params: { organization_id }, body: planProfile(draft) },
      {
        onSuccess: () => {
          show(texts.done);
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.edit} onClose={onClose}>
      <Form error={error} onSubmit={save}>
        <Stack>
          <Text size="sm">{texts.note}</Text>
          <div className="work-fields">
            {PROFILE_FIELDS.map((field) => (
              <ProfileInput
                key={field}
                field={field}
                value={draft[field]}
                error={errors[field]}
                onChange={(value) => setDraft({ ...draft, [field]: value })}
              />
            ))}
          </div>
          <ErrorNotice error={error} fields={PROFILE_FIELDS} />
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {parts.cancel}
            </Button>
            <Button type="submit" loading={isPending}>
              {texts.action}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  );
}
