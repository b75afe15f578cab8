/** An empty place: why it is empty, and what to do next. */
import { Anchor, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../texts/index.ts';

export function EmptyPlace({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text: string;
  /** The next step: a button or a link. */
  readonly children?: ReactNode;
}) {
  return (
    <Paper withBorder p="xl">
      <Stack align="start" gap="xs">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Text maw="36rem">{text}</Text>
        {children}
      </Stack>
    </Paper>
  );
}

interface NoMatchProps {
  readonly texts: Readonly<Record<'no_match_title' | 'no_match' | 'clear', string>>;
  /** The list without any filter. */
  readonly href: string;
}

/** A list in which the search and the filters leave nothing: the way back to all of it. */
export function NoMatch({ texts, href }: NoMatchProps) {
  return (
    <EmptyPlace title={texts.no_match_title} text={texts.no_match}>
      <Anchor component={Link} href={href}>
        {texts.clear}
      </Anchor>
    </EmptyPlace>
  );
}

/** Where there is nothing, or nothing for whoever looks. */
export function NothingHere() {
  const { errors } = useTexts();
  return (
    <EmptyPlace title={errors.not_found_title} text={errors.not_found}>
      <Anchor component={Link} href="/">
        {errors.to_start}
      </Anchor>
    </EmptyPlace>
  );
}
