/** What ends when, by month and type, and what a change of rules does to it. */
import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { EmptyPlace } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { ExpiryChart } from './chart.tsx';
import { ExpiryFigures } from './figures.tsx';
import { Impact } from './impact.tsx';
import { describeCounts, sumOf } from './months.ts';
import './expiring.css';

export function ExpiringPage() {
  const { expiring: texts } = useTexts();
  const isPermitted = usePermissions();
  const query = useOperation('getExpiry', { query: {} });
  return (
    <Page title={texts.title} actions={<CopyAsCurl name="getExpiry" request={{ query: {} }} />}>
      <Answer query={query}>{(overview) => <Months {...overview} />}</Answer>
      {isPermitted('compare_rules') && <Impact />}
    </Page>
  );
}

function Months({ months, expired, is_complete }: ResponseOf<'getExpiry'>) {
  const texts = useTexts();
  const { expiring, language } = texts;
  const total_expired = sumOf(expired);
  const isEmpty = months.every(({ counts }) => sumOf(counts) === 0);
  return (
    <Stack component="section" gap="sm" aria-labelledby="ends">
      <Title order={2} size="h4" id="ends">
        {expiring.chart}
      </Title>
      {isEmpty ? (
        <EmptyPlace title={expiring.none_title} text={expiring.none}>
          <Anchor component={Link} href="/organizations">
            {expiring.to_organizations}
          </Anchor>
        </EmptyPlace>
      ) : (
        <>
          <Text size="sm" className="quiet">
            {expiring.chart_hint}
          </Text>
          <ExpiryChart months={months} />
          <ExpiryFigures months={months} />
        </>
      )}
      {!is_complete && <Text role="note">{expiring.not_complete}</Text>}
      {total_expired > 0 && (
        <Text size="sm">
          {expiring.expired(
            new Intl.NumberFormat(language).format(total_expired),
            describeCounts(expired, texts),
          )}
        </Text>
      )}
    </Stack>
  );
}
