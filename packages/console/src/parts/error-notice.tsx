/** What went wrong, said where it happened. Nothing where nothing did. */
import { Alert, Button, List } from '@mantine/core';
import { describeError, describeOtherErrors } from '../problems.ts';
import { useTexts } from '../texts/index.ts';

interface ErrorNoticeProps {
  readonly error: unknown;
  /** Fields that show their own problems: those are left out here. */
  readonly fields?: readonly string[];
  /** Asks once more, where that may help. */
  onAgain?(): void;
}

export function ErrorNotice({ error, fields = [], onAgain }: ErrorNoticeProps) {
  const texts = useTexts();
  if (error === null || error === undefined) {
    return null;
  }
  const messages =
    fields.length === 0 ? describeError(error, texts) : describeOtherErrors(error, fields, texts);
  if (messages.length === 0) {
    return null;
  }
  return (
    <Alert color="red" variant="outline" role="alert" title={texts.errors.title}>
      {messages.length === 1 ? (
        messages[0]
      ) : (
        <List size="sm">
          {messages.map((message) => (
            <List.Item key={message}>{message}</List.Item>
          ))}
        </List>
      )}
      {onAgain !== undefined && (
        <div>
          <Button variant="default" size="compact-sm" mt="xs" onClick={onAgain}>
            {texts.errors.again}
          </Button>
        </div>
      )}
    </Alert>
  );
}
