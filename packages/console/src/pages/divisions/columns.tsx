/** What the list of divisions shows of each. */
import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import type { Column } from '../../parts/data-table.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import type { Texts } from '../../texts/texts.ts';
import type { TreeRow } from './tree.ts';

/** How far a division is moved in for each that it is below. */
const INDENT_REM = 1.25;

/** @param isFiltered whether some are left out: then each says what it is below */
export function listDivisionColumns(
  texts: Texts['divisions'],
  isFiltered: boolean,
): Column<TreeRow>[] {
  const { columns } = texts;
  return [
    {
      key: 'name',
      label: columns.name,
      render: (row) => <DivisionName row={row} texts={texts} isFiltered={isFiltered} />,
    },
    { key: 'id', label: columns.id, render: ({ division }) => division.id },
    {
      key: 'description',
      label: columns.description,
      render: ({ division }) => division.description,
    },
    {
      key: 'status',
      label: columns.status,
      render: ({ division }) => <DivisionStatus isActive={division.is_active} texts={texts} />,
    },
    {
      key: 'organizations',
      label: columns.organizations,
      render: ({ division }) => division.organization_assignments?.length ?? texts.all,
    },
    {
      key: 'users',
      label: columns.users,
      render: ({ division }) => division.user_id_assignments?.length ?? 0,
    },
  ];
}

/** The tree is seen by what is moved in, and heard by what each is below. */
function DivisionName({
  row: { division, depth, above },
  texts,
  isFiltered,
}: {
  readonly row: TreeRow;
  readonly texts: Texts['divisions'];
  readonly isFiltered: boolean;
}) {
  const parent = above.at(-1);
  return (
    <span style={{ paddingInlineStart: isFiltered ? 0 : `${depth * INDENT_REM}rem` }}>
      {!isFiltered && depth > 0 && (
        <span className="quiet" aria-hidden="true">
          {'└ '}
        </span>
      )}
      <Anchor component={Link} href={`/divisions/${division.id}`} size="sm" fw={600}>
        {division.name}
      </Anchor>
      {parent !== undefined && (
        <span className={isFiltered ? 'quiet' : 'only-read-aloud'}>
          {' '}
          {texts.below(parent.name)}
        </span>
      )}
    </span>
  );
}

export function DivisionStatus({
  isActive,
  texts,
}: {
  readonly isActive: boolean;
  readonly texts: Texts['divisions'];
}) {
  return (
    <StatusChip tone={isActive ? 'good' : 'off'}>
      {isActive ? texts.active : texts.inactive}
    </StatusChip>
  );
}
