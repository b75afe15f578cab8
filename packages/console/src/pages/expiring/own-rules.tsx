/** Rules that somebody proposes: pasted, or from a file. They are sent to be compared, and nothing is kept. */
import { Button, Group, Textarea, TextInput } from '@mantine/core';
import type { RequestOf } from '@orgvet/contract';
import { useState } from 'react';
import { useOperation } from '../../operations.ts';
import { Form } from '../../parts/form.tsx';
import { problemsOf } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { ImpactResult } from './impact-result.tsx';

type Rules = NonNullable<RequestOf<'compareRules'>['body']['rules']>;

const LINES = 10;

const FIELDS = ['rules'];

/** Rules may have many faults, and all are of the one field. */
function listFaults(error: unknown): string[] {
  return problemsOf(error)
    .filter(({ code }) => code === 'invalid_rules')
    .map(({ message }) => message);
}

export function OwnRules() {
  const texts = useTexts();
  const { expiring } = texts;
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const [rules, setRules] = useState<Rules>();
  const body = rules === undefined ? {} : { rules };
  const query = useOperation('compareRules', { body }, { enabled: rules !== undefined });
  const compare = () => {
    const read = readRules(text, texts);
    setFault(read.fault);
    setRules(read.rules);
  };
  const faults = fault === undefined ? listFaults(query.error) : [fault];
  return (
    <>
      <Form error={fault ?? query.error} onSubmit={compare}>
        <Textarea
          label={expiring.own}
          description={expiring.own_text}
          rows={LINES}
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          {...(faults.length > 0 && { error: faults.join(' ') })}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        />
        <Group mt="sm" align="end">
          <TextInput
            type="file"
            label={expiring.own_file}
            accept=".json,application/json"
            onChange={async ({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) {
                setText(await file.text());
              }
            }}
          />
          <Button type="submit" loading={query.isFetching}>
            {expiring.compare}
          </Button>
        </Group>
      </Form>
      <ImpactResult query={query} fields={FIELDS} />
    </>
  );
}

/** What was pasted, as an object; whether it is one of rules the server finds out. */
function readRules(
  text: string,
  { expiring }: Texts,
): { readonly rules?: Rules; readonly fault?: string } {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { rules: value as Rules } : { fault: expiring.not_object };
  } catch (error) {
    return { fault: expiring.not_json(error instanceof Error ? error.message : String(error)) };
  }
}
