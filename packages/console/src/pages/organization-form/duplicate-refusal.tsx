/** Said no because the organization is there already: open that one, or go on all the same. */
import { Button, Group } from '@mantine/core';
import { Link } from 'wouter';
import { problemsOf } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';

interface DuplicateRefusalProps {
  readonly error: unknown;
  /** What going on all the same is called. */
  readonly action: string;
  readonly isBusy: boolean;
  onGoOn(): void;
}

export function DuplicateRefusal({ error, action, isBusy, onGoOn }: DuplicateRefusalProps) {
  const { organization_form: texts } = useTexts();
  const refusal = problemsOf(error).find(({ code }) => code === 'duplicate_organization');
  if (refusal?.existing_organization_id === undefined) {
    return null;
  }
  const { existing_organization_id: id } = refusal;
  return (
    <div className="panel refusal" role="alert">
      <strong>{texts.duplicate_title}</strong>
      <p>{texts.duplicate_text(id)}</p>
      <Group mt="sm">
        <Button component={Link} href={`/organizations/${id}`} variant="default">
          {texts.duplicate_open}
        </Button>
        <Button variant="default" loading={isBusy} onClick={onGoOn}>
          {action}
        </Button>
      </Group>
    </div>
  );
}
