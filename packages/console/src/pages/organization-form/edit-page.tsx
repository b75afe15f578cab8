/** The details of an organization that is there, to be changed. */
import { Anchor } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useDraft } from '../../drafts.ts';
import { useChange, useClient, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { Page } from '../../parts/page.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { DetailsFields } from './details-fields.tsx';
import { DETAIL_FIELDS, type Details, detailsOf, listChanged, planDetails } from './draft.ts';
import { DraftNote } from './draft-note.tsx';
import { describeFormErrors } from './form-errors.ts';
import { FormFrame } from './form-frame.tsx';
import { ValidationsAtStake } from './validations-at-stake.tsx';

type Organization = ResponseOf<'getOrganization'>;

export function EditOrganizationPage() {
  const organization_id = Number(useParams<{ organization_id: string }>().organization_id);
  const query = useOperation('getOrganization', { params: { organization_id } });
  return (
    <Answer query={query}>
      {(organization) => <Editing key={organization_id} organization={organization} />}
    </Answer>
  );
}

function Editing({ organization }: { readonly organization: Organization }) {
  const { organization_form: texts } = useTexts();
  const before = detailsOf(organization);
  const stored = useDraft(`organization-${organization.id}`, before);
  const { values: draft } = stored;
  const { send, sent, isBusy, error, reset } = useSave(organization, draft, stored.discard);
  const errorOf = describeFormErrors(error, texts.labels, sent, draft);
  const href = `/organizations/${organization.id}`;
  const discard = () => {
    stored.discard();
    reset();
  };
  return (
    <Page
      title={texts.title_edit}
      above={
        <Anchor component={Link} href={href} size="sm">
          {organization.display_name}
        </Anchor>
      }
    >
      <DraftNote name={organization.display_name} {...stored} onDiscard={discard} />
      <FormFrame
        action={texts.save}
        action_all_the_same={texts.save_all_the_same}
        cancel_href={href}
        isBusy={isBusy}
        error={error}
        isAsSent={sent === draft}
        fields={DETAIL_FIELDS}
        details={<DetailsFields form={{ draft, change: stored.change, errorOf }} />}
        aside={
          <ValidationsAtStake
            validations={organization.validations ?? []}
            changed={listChanged(before, draft)}
          />
        }
        onSend={send}
      />
    </Page>
  );
}

/** Saves the details, goes back to the organization, and says which validations that has reopened. */
function useSave(organization: Organization, draft: Details, onSaved: () => void) {
  const { organization_form: texts } = useTexts();
  const { id, validations: validationsBefore = [] } = organization;
  const { mutate, isPending, error, reset } = useChange('changeOrganizationDetails');
  const [sent, setSent] = useState<Details>();
  const [, navigate] = useLocation();
  const show = useToast();
  const client = useClient();
  const params = { organization_id: id };
  const send = (skip_duplicate_org_check: boolean) => {
    setSent(draft);
    const body = { ...planDetails(draft), skip_duplicate_org_check };
    mutate(
      { params, body },
      {
        onSuccess: async () => {
          // Saved it is, whether or not it can be told what that has opened.
          const { validations } = await client
            .call('listOrganizationValidations', { params })
            .catch(() => ({ validations: [] }));
          const served = validationsBefore.filter(({ status }) => status === 'active');
          const reopened = validations.filter(
            ({ type, status }) =>
              status === 'pending' && served.some((validation) => validation.type === type),
          );
          onSaved();
          show(texts.saved(reopened.map(({ name }) => name).join(', ')));
          navigate(`/organizations/${id}`);
        },
      },
    );
  };
  return { send, sent, isBusy: isPending, error, reset };
}
