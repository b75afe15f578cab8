/** Removes something that somebody signs in with, once they have said that they mean it. */
import type { RequestOf } from '@orgvet/contract';
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';

interface RemoveCredentialProps<Name extends 'removePasskey' | 'removeTotp'> {
  readonly name: Name;
  readonly request: RequestOf<Name>;
  readonly title: string;
  readonly text: string;
  /** What is said when it is gone. */
  readonly done: string;
  onClose(): void;
}

export function RemoveCredential<Name extends 'removePasskey' | 'removeTotp'>({
  name,
  request,
  title,
  text,
  done,
  onClose,
}: RemoveCredentialProps<Name>) {
  const { my_sign_in: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange(name);
  const remove = () =>
    mutate(request, {
      onSuccess: () => {
        show(done);
        onClose();
      },
    });
  return (
    <Confirmation
      title={title}
      text={text}
      action={texts.remove}
      isBusy={isPending}
      error={error}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}
