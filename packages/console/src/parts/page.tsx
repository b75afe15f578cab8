/** A page: its title in the window and above, what can be done on it, and what it shows. */
import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../texts/index.ts';

interface PageProps {
  readonly title: string;
  /** Beside the title: what can be done here. */
  readonly actions?: ReactNode;
  /** Above the title: the way back. */
  readonly above?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, actions, above, children }: PageProps) {
  const texts = useTexts();
  const heading = useFocusOnArrival();
  useEffect(() => {
    document.title = texts.shell.page_title(title);
  }, [texts, title]);
  return (
    <Stack gap="md">
      <div>
        {above}
        <Group justify="space-between" align="start">
          <Title order={1} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
            {title}
          </Title>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
      </div>
      {children}
    </Stack>
  );
}

/** Whoever comes from another page by keyboard or screen reader begins at this one's title. */
function useFocusOnArrival() {
  const heading = useRef<HTMLHeadingElement>(null);
  const [path] = useLocation();
  const arrivedAt = useRef<string | undefined>(undefined);
  useEffect(() => {
    const isArrival = arrivedAt.current !== path;
    arrivedAt.current = path;
    if (isArrival && document.activeElement === document.body) {
      heading.current?.focus({ preventScroll: true });
    }
  }, [path]);
  return heading;
}
