/** A validation as it stands: its checks, the one that is chosen, and what the keys do. */
import { Anchor, Button, Group } from '@mantine/core';
import { useRef, useState } from 'react';
import { Link } from 'wouter';
import { displayNameOf } from '../../organization-name.ts';
import { type Finding, Findings } from '../../parts/findings.tsx';
import { Keys } from '../../parts/keys.tsx';
import { Page } from '../../parts/page.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { AssignDialog } from './assign.tsx';
import { CheckList } from './check-list.tsx';
import { CheckWork, type CheckWorkHandle } from './check-work.tsx';
import { Details } from './details.tsx';
import { Head } from './head.tsx';
import { useWorkKeys } from './keys.ts';
import { Profile } from './profile.tsx';
import { RejectDialog } from './reject.tsx';
import { useChosenCheck } from './selection.ts';
import { Subject } from './subject.tsx';
import type { OrganizationDetails, TypeRequirements } from './types.ts';

interface ValidationProps {
  readonly organization_id: number;
  readonly requirements: TypeRequirements;
  readonly details: OrganizationDetails;
  readonly findings: readonly Finding[];
}

export function Validation({ organization_id, requirements, details, findings }: ValidationProps) {
  const texts = useTexts();
  const isPermitted = usePermissions();
  const [dialog, setDialog] = useState<'assign' | 'reject'>();
  const panel = useRef<CheckWorkHandle>(null);
  const chosen = useChosenCheck({ organization_id, ...requirements });
  const organization_name = displayNameOf(details);
  const place = { organization_id, organization_name, type: requirements.type };
  const isOpen = isPermitted('work_validations') && requirements.work === 'open';
  const bindings = useWorkKeys({
    place,
    ...{ isOpen, chosen, panel },
    onReject: () => setDialog('reject'),
  });
  return (
    <Page
      title={texts.work.title(organization_name, texts.words.validation_types[requirements.type])}
      above={<WayBack organization_id={organization_id} />}
      actions={
        <>
          <Keys bindings={bindings} />
          {isOpen && (
            <>
              <Button variant="default" onClick={() => setDialog('assign')}>
                {texts.work.assign}
              </Button>
              <Button variant="default" onClick={() => setDialog('reject')}>
                {texts.work.reject}
              </Button>
            </>
          )}
        </>
      }
    >
      <Head requirements={requirements} />
      <Findings findings={findings} />
      <div className="work">
        <CheckList
          checks={requirements.checks}
          chosen={chosen}
          onEnter={() => panel.current?.enter()}
        />
        {chosen.check !== undefined && (
          <CheckWork
            key={chosen.check.check_id}
            ref={panel}
            place={place}
            requirements={requirements}
            requirement={chosen.check}
            details={details}
          />
        )}
      </div>
      <div className="work-facts">
        <Subject organization_id={organization_id} type={requirements.type} />
        <Details details={details} />
        <Profile organization_id={organization_id} />
      </div>
      {dialog === 'assign' && (
        <AssignDialog
          place={place}
          assignee_id={requirements.assigned_to?.id ?? 0}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'reject' && <RejectDialog place={place} onClose={() => setDialog(undefined)} />}
    </Page>
  );
}

/** Back to where somebody may have come from: the queue, or the organization. */
function WayBack({ organization_id }: { readonly organization_id: number }) {
  const { work: texts } = useTexts();
  const isPermitted = usePermissions();
  return (
    <Group gap="md">
      {isPermitted('view_vetting') && (
        <Anchor component={Link} href="/queue" size="sm">
          {texts.to_queue}
        </Anchor>
      )}
      {isPermitted('view_organizations') && (
        <Anchor component={Link} href={`/organizations/${organization_id}`} size="sm">
          {texts.to_organization}
        </Anchor>
      )}
    </Group>
  );
}
