/** The dialog that is open stands in the URL: it can be linked to, and one step back closes it. */
import { useSearchParams } from 'wouter';

const PARAM = 'dialog';

interface OpenDialog {
  /** The name of the one that is open; empty for none. */
  readonly open: string;
  show(name: string): void;
  close(): void;
}

export function useOpenDialog(): OpenDialog {
  const [params, setParams] = useSearchParams();
  const change = (name: string, replace: boolean) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete(PARAM);
        if (name !== '') {
          after.set(PARAM, name);
        }
        return after;
      },
      { replace },
    );
  return {
    open: params.get(PARAM) ?? '',
    show: (name) => change(name, false),
    close: () => change('', true),
  };
}
