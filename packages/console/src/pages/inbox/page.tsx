/** The mail inbox of a test account: the list, and the mail that is read. */
import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import type { RequestOf, ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { Link } from 'wouter';
import { useFormState } from '../../form-state.ts';
import { type ListState, PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useTexts } from '../../texts/index.ts';
import './inbox.css';
import { MailList } from './mail-list.tsx';
import { MailText } from './mail-text.tsx';

/** Mail arrives by what others do, too. */
const REFETCH_MS = 15_000;

type Query = NonNullable<RequestOf<'listInboxMails'>['query']>;

export function InboxPage() {
  const { inbox: texts } = useTexts();
  const state = useListState();
  const filters = planFilters(state);
  const query = { ...filters, limit: PAGE_SIZE, offset: (state.page - 1) * PAGE_SIZE };
  const list = useOperation(
    'listInboxMails',
    { query },
    { keepsPrevious: true, refetch_ms: REFETCH_MS },
  );
  return (
    <Page title={texts.title} actions={<CopyAsCurl name="listInboxMails" request={{ query }} />}>
      <Text>{texts.about}</Text>
      <Filters key={`${state.get('to')} ${state.get('organization')}`} state={state} />
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && <Mails data={list.data} state={state} />}
    </Page>
  );
}

function planFilters(state: ListState): Query {
  const to = state.get('to').trim();
  const organization_id = Number(state.get('organization'));
  return {
    ...(to !== '' && { 'filters[to]': to }),
    ...(Number.isSafeInteger(organization_id) &&
      organization_id > 0 && { 'filters[organization_id]': organization_id }),
  };
}

/** Only whole addresses are found, so it is asked for when they are. */
function Filters({ state }: { readonly state: ListState }) {
  const { inbox: texts } = useTexts();
  const form = useFormState(
    { to: state.get('to'), organization: state.get('organization') },
    { error: null },
  );
  return (
    <search>
      <Form error={null} onSubmit={() => state.set({ ...form.values, mail: '' })}>
        <Group align="end" gap="sm">
          <TextInput
            {...form.field('to')}
            type="email"
            autoComplete="off"
            label={texts.to}
            placeholder={texts.to_hint}
            w={{ base: '100%', sm: '18rem' }}
          />
          <TextInput
            {...form.field('organization')}
            type="number"
            min={1}
            label={texts.organization}
            w="10rem"
          />
          <Button type="submit" variant="default">
            {texts.filter}
          </Button>
        </Group>
      </Form>
    </search>
  );
}

function Mails({
  data: { mails, page },
  state,
}: {
  readonly data: ResponseOf<'listInboxMails'>;
  readonly state: ListState;
}) {
  const wanted = state.get('mail');
  // What somebody has begun to read stays when newer mail arrives.
  const [begun_id] = useState(mails[0]?.id);
  const findMail = (mail_id: number | undefined) => mails.find(({ id }) => id === mail_id);
  const chosen = findMail(Number(wanted)) ?? findMail(begun_id) ?? mails[0];
  if (chosen === undefined) {
    return <NoMail state={state} />;
  }
  return (
    <>
      <div className="inbox">
        <MailList mails={mails} chosen_id={chosen.id} state={state} />
        <MailText mail={chosen} wanted={wanted} />
      </div>
      <Pager page={state.page} total={page.total} goTo={state.goTo} />
    </>
  );
}

function NoMail({ state }: { readonly state: ListState }) {
  const { inbox: texts } = useTexts();
  if (state.get('to') === '' && state.get('organization') === '') {
    return (
      <EmptyPlace title={texts.none_title} text={texts.none}>
        <Anchor component={Link} href="/clock">
          {texts.to_clock}
        </Anchor>
      </EmptyPlace>
    );
  }
  return <NoMatch texts={texts} href="/inbox" />;
}
