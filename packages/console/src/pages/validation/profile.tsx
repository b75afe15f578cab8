/** What was found out about an organization in the course of validating it. */

import { Button, Group, Text, Title } from '@mantine/core';
import { PROFILE_FIELDS } from '@orgvet/contract';
import { useState } from 'react';
import { Day } from '../../parts/moment.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { FactList } from './fact-list.tsx';
import { type Profile as ProfileData, useDescribedProfile, useProfile } from './facts.ts';
import { ProfileDialog } from './profile-dialog.tsx';

export function Profile({ organization_id }: { readonly organization_id: number }) {
  const { work } = useTexts();
  const texts = work.profile;
  const canEdit = usePermissions()('work_validations');
  const { data: profile } = useProfile(organization_id);
  const [isEditing, setEditing] = useState(false);
  if (profile === undefined) {
    return null;
  }
  return (
    <section className="panel" aria-labelledby="profile-title">
      <Group justify="space-between" align="start" mb="xs">
        <Title order={2} id="profile-title">
          {texts.title}
        </Title>
        {canEdit && (
          <Button variant="default" size="compact-md" onClick={() => setEditing(true)}>
            {texts.edit}
          </Button>
        )}
      </Group>
      <Text size="sm" className="quiet" mb="xs">
        {texts.hint}
      </Text>
      <Facts profile={profile} />
      {isEditing && (
        <ProfileDialog
          organization_id={organization_id}
          profile={profile}
          onClose={() => setEditing(false)}
        />
      )}
    </section>
  );
}

function Facts({ profile }: { readonly profile: ProfileData }) {
  const { work } = useTexts();
  const texts = work.profile;
  const known = useDescribedProfile(profile);
  if (PROFILE_FIELDS.every((field) => known[field] === '')) {
    return <Text size="sm">{texts.none}</Text>;
  }
  return (
    <>
      <FactList fields={PROFILE_FIELDS} known={known} />
      {profile.updated_at !== undefined && (
        <Text size="sm" className="quiet" mt="xs">
          {texts.updated_at} <Day time={profile.updated_at} />
        </Text>
      )}
    </>
  );
}
