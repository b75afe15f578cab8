/** What was asked for, once it is here: until then that it is on its way, or what went wrong. */
import { Loader } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isNotFound } from '../problems.ts';
import { useTexts } from '../texts/index.ts';
import { ErrorNotice } from './error-notice.tsx';
import { NothingHere } from './nothing-here.tsx';

export function Answer<Data>({
  query,
  children,
}: {
  readonly query: UseQueryResult<Data>;
  children(data: Data): ReactNode;
}) {
  const { parts } = useTexts();
  if (query.data !== undefined) {
    return children(query.data);
  }
  if (isNotFound(query.error)) {
    return <NothingHere />;
  }
  if (query.error !== null) {
    return <ErrorNotice error={query.error} onAgain={() => query.refetch()} />;
  }
  return (
    <div role="status">
      <Loader size="sm" aria-hidden="true" /> <span className="quiet">{parts.loading}</span>
    </div>
  );
}
