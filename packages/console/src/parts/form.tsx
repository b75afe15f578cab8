/**
 * A form: it is sent by Enter too, never by the browser itself. After a refusal the focus is on the first
 * field that must change, else on what is marked as what else is said of it (`data-refusal`).
 */
import { type ComponentProps, useEffect, useRef } from 'react';

interface FormProps extends Omit<ComponentProps<'form'>, 'onSubmit'> {
  /** What was wrong with what was sent last. */
  readonly error: unknown;
  onSubmit(): void;
}

export function Form({ error, onSubmit, children, ...others }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (error !== null && error !== undefined) {
      const first =
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]') ??
        form.current?.querySelector<HTMLElement>('[data-refusal]');
      first?.focus();
    }
  }, [error]);
  return (
    <form
      ref={form}
      // The server says what is wrong with a field, in one voice for all of them.
      noValidate
      {...others}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
