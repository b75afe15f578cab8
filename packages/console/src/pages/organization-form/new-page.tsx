/** A new organization: its details, its contact, and what it is submitted for. */
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useDraft } from '../../drafts.ts';
import { useChange } from '../../operations.ts';
import { Page } from '../../parts/page.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { ContactFields } from './contact-fields.tsx';
import { DetailsFields } from './details-fields.tsx';
import { type Draft, EMPTY_DRAFT, planCreate } from './draft.ts';
import { DraftNote } from './draft-note.tsx';
import { Duplicates, type Match, useDuplicates } from './duplicates.tsx';
import { describeFormErrors } from './form-errors.ts';
import { FormFrame } from './form-frame.tsx';
import { ValidationChoice } from './validation-choice.tsx';

export function NewOrganizationPage() {
  const { organization_form: texts } = useTexts();
  const stored = useDraft('new-organization', EMPTY_DRAFT);
  const { values: draft } = stored;
  const create = useChange('createOrganization');
  const [sent, setSent] = useState<Draft>();
  const search = useDuplicates(draft, !create.isPending);
  const errorOf = describeFormErrors(create.error, texts.labels, sent, draft);
  const form = { draft, change: stored.change, errorOf };
  const leave = useLeave(draft, search.matches);
  const send = (skip_duplicate_org_check: boolean) => {
    setSent(draft);
    const body = { ...planCreate(draft), skip_duplicate_org_check };
    const onSuccess = ({ id }: { readonly id: number }) => {
      stored.discard();
      leave(id);
    };
    create.mutate({ body }, { onSuccess });
  };
  const discard = () => {
    stored.discard();
    create.reset();
  };
  return (
    <Page title={texts.title_new}>
      <DraftNote name={draft.name} {...stored} onDiscard={discard} />
      <FormFrame
        action={texts.create}
        action_all_the_same={texts.create_all_the_same}
        cancel_href="/organizations"
        isBusy={create.isPending}
        error={create.error}
        isAsSent={sent === draft}
        fields={Object.keys(texts.labels)}
        details={<DetailsFields form={form} />}
        aside={<Duplicates search={search} />}
        onSend={send}
      >
        <ContactFields form={form} />
        <ValidationChoice form={form} />
      </FormFrame>
    </Page>
  );
}

/**
 * Goes to the organization, and says what became of the request: an account may be set to be answered
 * with the one that is there already.
 */
function useLeave(draft: Draft, matches: readonly Match[]): (id: number) => void {
  const { organization_form: texts } = useTexts();
  const [, navigate] = useLocation();
  const show = useToast();
  return (id) => {
    const isThere = matches.some((match) => match.id === id);
    show(isThere ? texts.reused(id) : texts.created(draft.name.trim()));
    navigate(`/organizations/${id}`);
  };
}
