/** An organization at a glance: who must act next, how its validations stand, what it is called and where. */
import { Stack } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { Findings } from '../../parts/findings.tsx';
import { usePermissions } from '../../session.ts';
import { OrganizationActions } from './actions.tsx';
import { Details } from './details.tsx';
import { useOpenDialog } from './dialogs.ts';
import { OrganizationFrame, type SeenOrganization } from './frame.tsx';
import { NextSteps } from './next-steps.tsx';
import { SubjectPreview } from './subject.tsx';
import { Submission } from './submission.tsx';
import { ValidationCards } from './validation-cards.tsx';

export type TypeRequirements = ResponseOf<'listRequirements'>['types'][number];

export function OverviewPage() {
  return (
    <OrganizationFrame
      tab="overview"
      actions={(organization) => <OrganizationActions organization={organization} />}
    >
      {(seen) => <Overview seen={seen} />}
    </OrganizationFrame>
  );
}

function Overview({ seen }: { readonly seen: SeenOrganization }) {
  const query = useOperation('listRequirements', {
    params: { organization_id: seen.id },
    query: {},
  });
  const { organization } = seen;
  return (
    <Stack gap="md">
      <Answer query={query}>
        {({ types, findings }) => (
          <>
            <NextSteps organization_id={seen.id} types={types} />
            <Findings findings={findings} />
          </>
        )}
      </Answer>
      <div className="organization-columns">
        {query.data && <ValidationCards seen={seen} types={query.data.types} />}
        <Details seen={seen} />
      </div>
      {query.data && <SubjectPreview organization_id={seen.id} types={query.data.types} />}
      {organization && query.data && (
        <OpenSubmission organization={organization} types={query.data.types} />
      )}
    </Stack>
  );
}

function OpenSubmission(props: Parameters<typeof Submission>[0]) {
  const { open } = useOpenDialog();
  const mayEdit = usePermissions()('edit_organizations');
  return mayEdit && open === 'submit' ? <Submission {...props} /> : null;
}
