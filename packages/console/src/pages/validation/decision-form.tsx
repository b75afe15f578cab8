/** Deciding a check: what was found, how, by which evidence. */
import { Alert, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import type { DecisionChange } from './decision-change.ts';
import { DraftNotice } from './draft-notice.tsx';
import { OutcomeChoice } from './outcome-choice.tsx';
import { ReasonField } from './reason-field.tsx';
import type { DescribedCheck, Evidence, Requirement } from './types.ts';

const FIELDS = ['outcome', 'reason', 'contract_until'];

interface DecisionFormProps {
  readonly requirement: Requirement;
  readonly described: DescribedCheck | undefined;
  readonly evidence: readonly Evidence[] | undefined;
  readonly change: DecisionChange;
}

export function DecisionForm(props: DecisionFormProps) {
  const { work: texts } = useTexts();
  const { change } = props;
  if (change.isShown) {
    return <DecideForm {...props} />;
  }
  return change.canBegin ? (
    <div>
      <Button variant="default" size="compact-md" onClick={change.begin}>
        {texts.decide.anew}
      </Button>
    </div>
  ) : null;
}

function DecideForm({ requirement, described, evidence = [], change }: DecisionFormProps) {
  const { work } = useTexts();
  const texts = work.decide;
  const { draft, error, isBusy, isOpen, send } = change;
  const { values } = draft;
  const errors = describeFieldErrors(error, FIELDS, {
    outcome: texts.outcome,
    reason: texts.reason,
    contract_until: texts.contract_until,
  });
  const hasContract = evidence.some(
    ({ id, kind }) => kind === 'contract' && values.evidence_ids.includes(id),
  );
  return (
    <Form error={error} aria-labelledby="decide-title" onSubmit={send}>
      <Stack gap="sm">
        <Title order={3} id="decide-title">
          {texts.title}
        </Title>
        {!isOpen && <Text size="sm">{texts.closed}</Text>}
        <Overtaken requirement={requirement} change={change} />
        <OutcomeChoice
          label={texts.outcome}
          choices={useOutcomes(requirement, values.outcome)}
          value={values.outcome}
          error={errors.outcome}
          onChange={(outcome) => draft.change({ outcome })}
        />
        <ReasonField
          label={texts.reason}
          description={texts.reason_hint}
          value={values.reason}
          error={errors.reason}
          onChange={(reason) => draft.change({ reason })}
        />
        <Text size="sm" role="status">
          {texts.ticked(values.evidence_ids.length)}
        </Text>
        {described?.contract_sets_term === true && hasContract && (
          <TextInput
            type="date"
            label={texts.contract_until}
            description={texts.contract_hint}
            value={values.contract_until}
            error={errors.contract_until}
            onChange={({ currentTarget }) => draft.change({ contract_until: currentTarget.value })}
          />
        )}
        <ErrorNotice error={error} fields={FIELDS} />
        <DraftNotice draft={draft} />
        <div>
          <Button type="submit" loading={isBusy}>
            {texts.action}
          </Button>
        </div>
      </Stack>
    </Form>
  );
}

/** That a check does not apply is for a person to say only where the rules leave it open. */
function useOutcomes({ next }: Requirement, chosen: string) {
  const { work } = useTexts();
  const { outcomes } = work.decide;
  const isConditional = (next?.unknown_facts.length ?? 0) > 0 || chosen === 'not_applicable';
  return [
    { value: 'met', label: outcomes.met },
    { value: 'failed', label: outcomes.failed },
    ...(isConditional ? [{ value: 'not_applicable', label: outcomes.not_applicable }] : []),
  ];
}

/** Somebody else was faster: what they decided stands above, and this takes its place if it is sent. */
function Overtaken({
  requirement: { decision },
  change: { draft },
}: {
  readonly requirement: Requirement;
  readonly change: DecisionChange;
}) {
  const { work: texts } = useTexts();
  if (!draft.isOvertaken || decision === undefined) {
    return null;
  }
  return (
    <Alert color="yellow" variant="outline" role="status">
      {texts.draft.overtaken(decision.decided_by.name)}
    </Alert>
  );
}
