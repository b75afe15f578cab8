/**
 * The keys of a page, for who works by keyboard: what they do, a list of them, and a way to switch them
 * off, for whom a stray letter must not do anything (WCAG 2.1.4).
 */
import { Button, Checkbox, Stack, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTexts } from '../texts/index.ts';
import { Dialog } from './dialog.tsx';
import './keys.css';

export interface KeyBinding {
  /** As the browser names it: `j`, `Enter`. */
  readonly key: string;
  /** What it does, for the list. */
  readonly label: string;
  run(): void;
}

/** Whether single keys are used in this browser: as they are, unless somebody switched them off. */
const SWITCH = 'orgvet.keys';
const OFF = 'off';

/** Fields in which somebody types; a tick is none. */
const TYPING = 'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable]';

/** What does something of its own by Enter. */
const PRESSED = 'a, button, summary, input, select, textarea';

/** Lets the keys work, and shows the button that lists them. */
export function Keys({ bindings }: { readonly bindings: readonly KeyBinding[] }) {
  const { key_bindings: texts } = useTexts();
  const [isShown, setShown] = useState(false);
  const [isOn, setOn] = useState(() => localStorage.getItem(SWITCH) !== OFF);
  const all = [...bindings, { key: '?', label: texts.show, run: () => setShown(true) }];
  useKeys(isOn ? all : []);
  const toggle = () => {
    localStorage.setItem(SWITCH, isOn ? OFF : 'on');
    setOn(!isOn);
  };
  return (
    <>
      <Button
        variant="default"
        rightSection={<kbd className="key">?</kbd>}
        onClick={() => setShown(true)}
      >
        {texts.button}
      </Button>
      {isShown && (
        <Dialog title={texts.title} onClose={() => setShown(false)}>
          <Stack gap="sm">
            <KeyList bindings={all} />
            <Text size="sm">{texts.typing}</Text>
            <Checkbox label={texts.use} checked={isOn} onChange={toggle} />
          </Stack>
        </Dialog>
      )}
    </>
  );
}

function KeyList({ bindings }: { readonly bindings: readonly KeyBinding[] }) {
  const { key_bindings: texts } = useTexts();
  return (
    <table className="table">
      <caption className="only-read-aloud">{texts.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.key}</th>
          <th scope="col">{texts.does}</th>
        </tr>
      </thead>
      <tbody>
        {bindings.map(({ key, label }) => (
          <tr key={key}>
            <th scope="row">
              <kbd className="key">{key}</kbd>
            </th>
            <td>{label}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function useKeys(bindings: readonly KeyBinding[]): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const binding = bindings.find(({ key }) => key === event.key);
    if (binding !== undefined && isFree(event)) {
      event.preventDefault();
      binding.run();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** Whether a key is nobody else's: not typed into a field, not the browser's, not for a dialog. */
function isFree({ target, key, ctrlKey, metaKey, altKey, defaultPrevented }: KeyboardEvent) {
  if (defaultPrevented || ctrlKey || metaKey || altKey || !(target instanceof Element)) {
    return false;
  }
  const isElsewhere =
    target.closest(TYPING) !== null || document.querySelector('dialog[open]') !== null;
  return !isElsewhere && !(key === 'Enter' && target.closest(PRESSED) !== null);
}
