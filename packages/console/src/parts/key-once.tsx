/** A key that was just made, to be stored where its program finds it. */
import { useTexts } from '../texts/index.ts';
import { ShownOnce } from './shown-once.tsx';

interface KeyOnceProps {
  /** What the key is called. */
  readonly name: string;
  readonly api_key: string;
  onStored(): void;
}

export function KeyOnce({ name, api_key, onStored }: KeyOnceProps) {
  const { parts } = useTexts();
  return (
    <ShownOnce
      title={parts.key_title}
      text={parts.key_once(name)}
      label={parts.key}
      secret={api_key}
      copy={parts.copy_key}
      done={parts.key_stored}
      onDone={onStored}
    />
  );
}
