/** What both forms of an organization stand in: the fields, what stands beside them, and sending. */
import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useTexts } from '../../texts/index.ts';
import { DuplicateRefusal } from './duplicate-refusal.tsx';
import './organization-form.css';

interface FormFrameProps {
  /** What the button says that sends it, and the one that does so in spite of a duplicate. */
  readonly action: string;
  readonly action_all_the_same: string;
  /** Where to go instead. */
  readonly cancel_href: string;
  readonly isBusy: boolean;
  readonly error: Error | null;
  /** Whether nothing has been changed since it was sent. */
  readonly isAsSent: boolean;
  /** Fields that show their own problems. */
  readonly fields: readonly string[];
  readonly details: ReactNode;
  readonly aside: ReactNode;
  readonly children?: ReactNode;
  /** @param skip_duplicate_org_check whether it is to be, whatever is there already */
  onSend(skip_duplicate_org_check: boolean): void;
}

export function FormFrame(props: FormFrameProps) {
  const { organization_form: texts } = useTexts();
  return (
    <Form error={props.error} className="organization-form" onSubmit={() => props.onSend(false)}>
      {props.details}
      <div className="beside">{props.aside}</div>
      {props.children}
      <Stack>
        <div tabIndex={-1} data-refusal>
          <DuplicateRefusal
            error={props.isAsSent ? props.error : null}
            action={props.action_all_the_same}
            isBusy={props.isBusy}
            onGoOn={() => props.onSend(true)}
          />
          <ErrorNotice error={props.error} fields={[...props.fields, 'duplicate_organization']} />
        </div>
        <Group>
          <Button type="submit" loading={props.isBusy}>
            {props.action}
          </Button>
          <Button component={Link} href={props.cancel_href} variant="default">
            {texts.cancel}
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
