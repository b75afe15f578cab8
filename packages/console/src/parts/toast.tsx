/** Short notices that something was done, read aloud, and gone by themselves. */
import { CloseButton } from '@mantine/core';
import { createContext, type ReactNode, use, useCallback, useState } from 'react';
import { useTexts } from '../texts/index.ts';

const SHOWN_MS = 6_000;

interface Toast {
  readonly id: number;
  readonly text: string;
}

const ToastContext = createContext<((text: string) => void) | undefined>(undefined);

/** Shows a notice. */
export function useToast(): (text: string) => void {
  const show = use(ToastContext);
  if (show === undefined) {
    throw new Error('There is no place for notices around this.');
  }
  return show;
}

export function Toasts({ children }: { readonly children: ReactNode }) {
  const { parts } = useTexts();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const dismiss = useCallback((id: number) => {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback(
    (text: string) => {
      const id = performance.now();
      setToasts((all) => [...all, { id, text }]);
      window.setTimeout(() => dismiss(id), SHOWN_MS);
    },
    [dismiss],
  );
  return (
    <ToastContext value={show}>
      {children}
      <section className="toasts" aria-label={parts.notices} aria-live="polite">
        {toasts.map(({ id, text }) => (
          <div key={id} className="toast">
            {text}
            <CloseButton aria-label={parts.dismiss} onClick={() => dismiss(id)} />
          </div>
        ))}
      </section>
    </ToastContext>
  );
}
