/** The clock of a test account: what it shows, moving it, and what validations become by themselves. */

import { SimpleGrid, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { describeLength } from '../../durations.ts';
import { useChange, useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { Happened } from './happened.tsx';
import { MoveBy, MoveTo, SHOWN } from './move-forms.tsx';
import { Policy } from './policy.tsx';

type Reading = ResponseOf<'getClock'>;

export function ClockPage() {
  const { clock: texts } = useTexts();
  const query = useOperation('getClock', {});
  return (
    <Page title={texts.title} actions={<CopyAsCurl name="getClock" request={{}} />}>
      <Text maw="46rem">{texts.about}</Text>
      <Answer query={query}>{(reading) => <Clock reading={reading} />}</Answer>
      <Policy />
    </Page>
  );
}

function Clock({ reading }: { readonly reading: Reading }) {
  const { language, clock: texts } = useTexts();
  const isPermitted = usePermissions();
  const { now, offset_seconds } = reading;
  return (
    <>
      <Panel title={texts.now}>
        <Text size="xl" fw={600}>
          <Moment time={now} />
        </Text>
        <Text size="sm" className="quiet">
          {offset_seconds === 0
            ? texts.not_ahead
            : texts.ahead(describeLength(offset_seconds, language))}
        </Text>
      </Panel>
      {isPermitted('control_test_account') && <Moving reading={reading} />}
    </>
  );
}

function Moving({ reading: { now, offset_seconds } }: { readonly reading: Reading }) {
  const { clock: texts } = useTexts();
  const move = useChange('moveClock');
  return (
    <>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <MoveBy move={move} />
        {/* A clock that was moved proposes another moment. */}
        <MoveTo key={offset_seconds} move={move} now={now} />
      </SimpleGrid>
      <Text role="status" size="sm">
        {move.isPending && texts.moving}
        {move.isSuccess && texts.moved}
      </Text>
      <ErrorNotice error={move.error} fields={SHOWN} />
      {move.data !== undefined && <Happened answer={move.data} />}
    </>
  );
}
