/** The way through the pages of a list: which results these are, of how many, and to the others. */
import { Button, Group, Text } from '@mantine/core';
import { PAGE_SIZE } from '../list-state.ts';
import { useTexts } from '../texts/index.ts';

interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly total: number;
  readonly page_size?: number;
  goTo(page: number): void;
}

export function Pager({ page, total, page_size = PAGE_SIZE, goTo }: PagerProps) {
  const { language, parts } = useTexts();
  const numbers = new Intl.NumberFormat(language);
  const last = Math.max(1, Math.ceil(total / page_size));
  const first_result = (page - 1) * page_size + 1;
  const last_result = Math.min(page * page_size, total);
  const step = (label: string, sign: string, target: number) => (
    <Button
      variant="default"
      size="compact-md"
      aria-label={label}
      title={label}
      disabled={target < 1 || target > last || target === page}
      onClick={() => goTo(target)}
    >
      {sign}
    </Button>
  );
  return (
    <Group component="nav" aria-label={parts.pages} justify="space-between">
      <Text size="sm" role="status">
        {total === 0
          ? parts.no_results
          : parts.results(
              numbers.format(first_result),
              numbers.format(last_result),
              numbers.format(total),
            )}
      </Text>
      {last > 1 && (
        <Group gap="xs">
          {step(parts.first_page, '«', 1)}
          {step(parts.previous_page, '‹', page - 1)}
          {step(parts.next_page, '›', page + 1)}
          {step(parts.last_page, '»', last)}
        </Group>
      )}
    </Group>
  );
}
