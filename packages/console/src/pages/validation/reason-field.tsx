/** How something was found, in words. Ctrl and Enter send what it stands in. */
import { Textarea, type TextareaProps } from '@mantine/core';

interface ReasonFieldProps extends Omit<TextareaProps, 'value' | 'onChange'> {
  readonly value: string;
  onChange(value: string): void;
}

export function ReasonField({ onChange, ...others }: ReasonFieldProps) {
  return (
    <Textarea
      {...others}
      rows={3}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }
      }}
    />
  );
}
