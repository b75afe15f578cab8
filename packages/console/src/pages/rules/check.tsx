/** A check: what must be shown, by what, how long it serves, and who acts. */
import { Stack, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useTexts } from '../../texts/index.ts';
import { Limits } from './limits.tsx';
import { listTexts, nameKinds } from './words.ts';

type Check = ResponseOf<'getRulePack'>['rules'][number]['checks'][number];

interface CheckPanelProps {
  readonly check: Check;
  /** Whether the address points at it. */
  readonly isChosen: boolean;
}

export function CheckPanel({ check, isChosen }: CheckPanelProps) {
  const { rule_pack: texts } = useTexts();
  return (
    <section
      className="panel pointed-at"
      id={check.id}
      aria-labelledby={`${check.id}-title`}
      {...(isChosen && { 'data-is-chosen': true })}
    >
      <Stack gap="xs">
        <h3 id={`${check.id}-title`} tabIndex={-1}>
          {check.title}
        </h3>
        <Text maw="50rem">{check.statement}</Text>
        <dl className="facts">
          <dt>{texts.check.section}</dt>
          <dd>{check.section}</dd>
          <dt>{texts.check.id}</dt>
          <dd>{check.id}</dd>
          <dt>{texts.check.added_by}</dt>
          <dd>{check.rules}</dd>
          {check.applies_when !== undefined && (
            <>
              <dt>{texts.check.applies_when}</dt>
              <dd>{check.applies_when}</dd>
            </>
          )}
          <EvidenceFacts check={check} />
          <WorkFacts check={check} />
        </dl>
      </Stack>
    </section>
  );
}

function EvidenceFacts({ check }: { readonly check: Check }) {
  const texts = useTexts();
  const { check: words } = texts.rule_pack;
  return (
    <>
      <dt>{words.accepts}</dt>
      <dd>
        <Accepted accepts={check.accepts} />
      </dd>
      {check.never.length > 0 && (
        <>
          <dt>{words.never}</dt>
          <dd>{nameKinds(texts, check.never)}</dd>
        </>
      )}
      <dt>{words.limits}</dt>
      <dd>
        <Limits check={check} />
      </dd>
    </>
  );
}

function Accepted({ accepts }: { readonly accepts: Check['accepts'] }) {
  const texts = useTexts();
  const { check: words } = texts.rule_pack;
  if (accepts.length === 0) {
    return words.accepts_none;
  }
  return (
    <>
      {accepts.length > 1 && words.accepts_any}
      <ul className="plain-list" data-in-columns>
        {accepts.map(({ kinds, applies_when, section }) => {
          const names = kinds.map((kind) => texts.words.evidence_kinds[kind]).reduce(words.with);
          return (
            <li key={`${names} ${section} ${applies_when}`}>
              {names}
              {applies_when !== undefined && `, ${words.only_when(applies_when)}`}
              {section !== undefined && <span className="quiet"> ({section})</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function WorkFacts({ check }: { readonly check: Check }) {
  const texts = useTexts();
  const { rule_pack, words } = texts;
  const { check: labels } = rule_pack;
  const fields = check.touched_by.map((field) => words.fields[field]);
  return (
    <>
      <dt>{labels.second_person}</dt>
      <dd>{check.second_person ? labels.second_person_yes : labels.second_person_no}</dd>
      {check.is_final && (
        <>
          <dt>{labels.is_final}</dt>
          <dd>{labels.is_final_yes}</dd>
        </>
      )}
      {fields.length > 0 && (
        <>
          <dt>{labels.touched_by}</dt>
          <dd>{listTexts(texts, fields)}</dd>
        </>
      )}
      <dt>{labels.next_actor}</dt>
      <dd>{words.actors[check.next_actor]}</dd>
      <dt>{labels.applicant}</dt>
      <dd>{check.applicant}</dd>
    </>
  );
}
