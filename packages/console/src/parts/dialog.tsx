/**
 * A dialog: the browser's own, which keeps the focus inside, closes by Escape and gives the focus back.
 * It is there only while it is open.
 */
import { CloseButton, Title } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTexts } from '../texts/index.ts';

/** Where somebody begins who came to fill something in. */
const FIRST_FIELD = '.dialog-body :is(input, select, textarea):not([type="hidden"])';

interface DialogProps {
  readonly title: string;
  /** Not left by the way: one of its own buttons must be chosen. */
  readonly hasToBeAnswered?: boolean;
  onClose(): void;
  readonly children: ReactNode;
}

export function Dialog({ title, hasToBeAnswered = false, onClose, children }: DialogProps) {
  const { parts } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const title_id = useId();
  useEffect(() => {
    const { current } = dialog;
    if (current?.open === false) {
      current.showModal();
      // The browser would begin at the button that closes it.
      current.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
    }
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={title_id}
      onCancel={(event) => hasToBeAnswered && event.preventDefault()}
      onClose={onClose}
    >
      <div className="dialog-head">
        <Title order={2} size="h3" id={title_id}>
          {title}
        </Title>
        {!hasToBeAnswered && (
          <CloseButton aria-label={parts.close} onClick={() => dialog.current?.close()} />
        )}
      </div>
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
