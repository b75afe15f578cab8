/** Which dialog of a page is open, and about what, is in the URL: it can be linked, and gone back from. */
import { useSearchParams } from 'wouter';

export interface DialogState {
  /** Whether a dialog of the page is open. */
  isOpen(name: string): boolean;
  /** What the open dialog is about; 0 where it is about the page itself. */
  readonly about_id: number;
  open(name: string, about_id?: number): void;
  close(): void;
}

export function useDialogState(): DialogState {
  const [params, setParams] = useSearchParams();
  const about = params.get('about') ?? '';
  return {
    isOpen: (name) => params.get('dialog') === name,
    about_id: /^[1-9]\d{0,15}$/.test(about) ? Number(about) : 0,
    open: (name, about_id) =>
      setParams((before) => {
        const after = new URLSearchParams(before);
        after.set('dialog', name);
        if (about_id !== undefined) {
          after.set('about', String(about_id));
        }
        return after;
      }),
    close: () =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          after.delete('dialog');
          after.delete('about');
          return after;
        },
        { replace: true },
      ),
  };
}
