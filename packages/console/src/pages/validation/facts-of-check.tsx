/** What of the organization a check is about: to compare with what the evidence says. */
import { Title } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import { FactList } from './fact-list.tsx';
import { describeDetails, type Profile, useDescribedProfile, useProfile } from './facts.ts';
import type { DescribedCheck, OrganizationDetails, ValidationPlace } from './types.ts';

interface FactsOfCheckProps {
  readonly place: ValidationPlace;
  readonly described: DescribedCheck | undefined;
  readonly details: OrganizationDetails;
}

export function FactsOfCheck({ place, described, details }: FactsOfCheckProps) {
  const { data: profile } = useProfile(place.organization_id);
  // What comes after all others is about everything, which the page shows anyway.
  const fields = described === undefined || described.is_final ? [] : described.touched_by;
  if (fields.length === 0 || profile === undefined) {
    return null;
  }
  return <Facts fields={fields} profile={profile} details={details} />;
}

function Facts({
  fields,
  profile,
  details,
}: {
  readonly fields: DescribedCheck['touched_by'];
  readonly profile: Profile;
  readonly details: OrganizationDetails;
}) {
  const { work: texts } = useTexts();
  const found = useDescribedProfile(profile);
  const known = { ...found, ...describeDetails(details) };
  return (
    <section aria-labelledby="facts-of-check">
      <Title order={3} id="facts-of-check">
        {texts.facts_of_check}
      </Title>
      <FactList fields={fields} known={known} showsEmpty />
    </section>
  );
}
