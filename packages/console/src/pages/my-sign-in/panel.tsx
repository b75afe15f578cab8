/** A panel of this page: what can be done in it stands one below the other. */
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Panel as AnyPanel } from '../../parts/panel.tsx';

export function Panel({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <AnyPanel title={title}>
      <Stack align="start">{children}</Stack>
    </AnyPanel>
  );
}
