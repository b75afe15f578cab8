/** Reviewing a decision, for the second person that the rules ask for. */
import { Button, Stack, Text, Title } from '@mantine/core';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { DraftNotice } from './draft-notice.tsx';
import { OutcomeChoice } from './outcome-choice.tsx';
import { ReasonField } from './reason-field.tsx';
import type { ReviewChange } from './review-change.ts';

const FIELDS = ['outcome', 'reason'];

export function Review({ review }: { readonly review: ReviewChange }) {
  const { work } = useTexts();
  const { turn } = review;
  // Somebody else has reviewed it: why it was refused, and what was typed, stay to be read.
  if (turn === 'own' || (turn === 'nothing' && review.error !== null)) {
    return <ReviewForm review={review} />;
  }
  return turn === 'nothing' ? null : (
    <Text size="sm" className="quiet">
      {work.review[turn]}
    </Text>
  );
}

function ReviewForm({ review: { draft, error, isBusy, send } }: { readonly review: ReviewChange }) {
  const { work } = useTexts();
  const texts = work.review;
  const errors = describeFieldErrors(error, FIELDS);
  return (
    <Form error={error} aria-labelledby="review-title" onSubmit={send}>
      <Stack gap="sm">
        <Title order={3} id="review-title">
          {texts.title}
        </Title>
        <OutcomeChoice
          label={texts.outcome}
          choices={[
            { value: 'agreed', label: texts.outcomes.agreed },
            { value: 'disagreed', label: texts.outcomes.disagreed },
          ]}
          value={draft.values.outcome}
          error={errors.outcome}
          onChange={(outcome) => draft.change({ outcome })}
        />
        <ReasonField
          label={texts.reason}
          description={work.decide.reason_hint}
          value={draft.values.reason}
          error={errors.reason}
          onChange={(reason) => draft.change({ reason })}
        />
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
