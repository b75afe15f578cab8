/** A version of a rule pack: its checks, type by type, each at an address of its own. */
import { Anchor, Group, NativeSelect, Stack, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link, useParams } from 'wouter';
import { type ListState, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CalendarDay } from '../../parts/calendar-day.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { Checks } from './checks.tsx';
import { useFragment } from './fragment.ts';
import { PackState } from './pack-state.tsx';
import './rules.css';

type Pack = ResponseOf<'getRulePack'>;
type TypeRules = Pack['rules'][number];

export function RulePackPage() {
  const { rule_pack: texts } = useTexts();
  const { pack_id = '' } = useParams();
  const state = useListState();
  const version = state.get('version');
  const query = useOperation('getRulePack', {
    params: { pack_id },
    query: version === '' ? {} : { version },
  });
  return (
    <Page
      title={query.data?.title ?? pack_id}
      above={
        <Anchor component={Link} href="/rules" size="sm">
          {texts.back}
        </Anchor>
      }
    >
      <Answer query={query}>{(pack) => <PackInfo pack={pack} state={state} />}</Answer>
    </Page>
  );
}

function PackInfo({ pack, state }: { readonly pack: Pack; readonly state: ListState }) {
  const { rule_pack: texts } = useTexts();
  const chosen = useChosenRules(pack, state.get('type'));
  return (
    <>
      <Facts pack={pack} rules={chosen} state={state} />
      {pack.rules.length > 1 && <TypeLinks pack={pack} chosen={chosen} state={state} />}
      {chosen !== undefined && <Checks rules={chosen} />}
      {pack.notes.length > 0 && (
        <details className="panel">
          <summary>{texts.notes}</summary>
          <Stack gap="xs" mt="sm" maw="50rem">
            {pack.notes.map((note) => (
              <Text key={note} size="sm">
                {note}
              </Text>
            ))}
          </Stack>
        </details>
      )}
    </>
  );
}

/** The rules of the type that the address names, or of the first that has the check that it points at. */
function useChosenRules({ rules }: Pack, type: string): TypeRules | undefined {
  const check_id = useFragment();
  return (
    rules.find((one) => one.type === type) ??
    rules.find(({ checks }) => checks.some(({ id }) => id === check_id)) ??
    rules[0]
  );
}

interface ChosenProps {
  readonly pack: Pack;
  readonly state: ListState;
}

function Facts({
  pack,
  rules,
  state,
}: ChosenProps & {
  readonly rules: TypeRules | undefined;
}) {
  const { rule_pack: texts, rules: list, language } = useTexts();
  const { facts } = texts;
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <dl className="facts">
      <dt>{facts.id}</dt>
      <dd>{pack.id}</dd>
      <dt>{facts.version}</dt>
      <dd>
        {pack.versions.length === 1 ? (
          pack.version
        ) : (
          <NativeSelect
            aria-label={texts.choose_version}
            size="xs"
            w="8rem"
            value={pack.version}
            onChange={({ currentTarget }) => state.set({ version: currentTarget.value })}
            data={pack.versions}
          />
        )}
      </dd>
      <dt>{facts.state}</dt>
      <dd>
        <PackState pack={pack} />
      </dd>
      <dt>{facts.in_force_from}</dt>
      <dd>
        <CalendarDay date={pack.in_force_from} />
      </dd>
      <dt>{facts.published_on}</dt>
      <dd>
        <CalendarDay date={pack.published_on} />
      </dd>
      <dt>{facts.authority}</dt>
      <dd>{list.authorities[pack.authority]}</dd>
      {rules !== undefined && (
        <>
          <dt>{facts.sample}</dt>
          <dd>{texts.sample(percent.format(rules.sample_percent / 100), rules.sample_section)}</dd>
        </>
      )}
    </dl>
  );
}

function TypeLinks({
  pack,
  chosen,
  state,
}: ChosenProps & {
  readonly chosen: TypeRules | undefined;
}) {
  const { rule_pack: texts, words } = useTexts();
  return (
    <Group component="nav" aria-label={texts.types} gap="lg">
      {pack.rules.map(({ type }) => {
        const search = new URLSearchParams(state.search);
        search.set('type', type);
        const isShown = type === chosen?.type;
        return (
          <Anchor
            key={type}
            component={Link}
            href={`/rules/${pack.id}?${search}`}
            size="sm"
            fw={isShown ? 700 : 400}
            underline={isShown ? 'always' : 'hover'}
            {...(isShown && { 'aria-current': 'true' as const })}
          >
            {words.validation_types[type]}
          </Anchor>
        );
      })}
    </Group>
  );
}
