/** The orders for an organization, page by page. */
import { Group, NativeSelect } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Moment } from '../../parts/moment.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { OrganizationFrame } from './frame.tsx';

type Order = ResponseOf<'listOrders'>['orders'][number];

const TONES: Readonly<Record<Order['status'], Tone>> = {
  pending: 'waiting',
  issued: 'good',
  rejected: 'ended',
  canceled: 'off',
};

const STATUSES = Object.keys(TONES) as Order['status'][];

/** The newest first, where nobody has asked for another order. */
const SORT_DEFAULT = '-id';

export function OrdersPage() {
  return (
    <OrganizationFrame tab="orders">
      {({ id }) => <Orders organization_id={id} />}
    </OrganizationFrame>
  );
}

function Orders({ organization_id }: { readonly organization_id: number }) {
  const { organization_orders: texts } = useTexts();
  const state = useListState();
  const status = STATUSES.find((one) => one === state.get('status'));
  const sort = state.get('sort') || SORT_DEFAULT;
  const query = {
    'filters[organization_id]': organization_id,
    ...(status !== undefined && { 'filters[status]': status }),
    ...{ sort, limit: PAGE_SIZE, offset: (state.page - 1) * PAGE_SIZE },
  };
  const list = useOperation('listOrders', { query }, { keepsPrevious: true });
  return (
    <>
      <Group justify="space-between" align="end">
        <NativeSelect
          label={texts.status}
          value={status ?? ''}
          onChange={({ currentTarget }) => state.set({ status: currentTarget.value })}
          data={[
            { value: '', label: texts.status_all },
            ...STATUSES.map((one) => ({ value: one, label: texts.statuses[one] })),
          ]}
        />
        <CopyAsCurl name="listOrders" request={{ query }} />
      </Group>
      <Answer query={list}>
        {({ orders, page }) =>
          page.total === 0 ? (
            <NoOrders organization_id={organization_id} isFiltered={status !== undefined} />
          ) : (
            <ListTable
              state={state}
              caption={texts.caption}
              columns={listColumns(texts)}
              rows={orders}
              keyOf={({ id }) => id}
              sort={sort}
              isBusy={list.isPlaceholderData}
              total={page.total}
            />
          )
        }
      </Answer>
    </>
  );
}

function NoOrders({
  organization_id,
  isFiltered,
}: {
  readonly organization_id: number;
  readonly isFiltered: boolean;
}) {
  const { organization_orders: texts } = useTexts();
  return isFiltered ? (
    <NoMatch texts={texts} href={`/organizations/${organization_id}/orders`} />
  ) : (
    <EmptyPlace title={texts.none_title} text={texts.none} />
  );
}

function listColumns(texts: Texts['organization_orders']): Column<Order>[] {
  const { columns } = texts;
  return [
    { key: 'id', label: columns.id, sort: 'id', render: ({ id }) => id },
    {
      key: 'common_name',
      label: columns.common_name,
      sort: 'common_name',
      render: ({ certificate }) => certificate.common_name,
    },
    {
      key: 'product',
      label: columns.product,
      sort: 'product_name_id',
      render: ({ product }) => product.name,
    },
    {
      key: 'status',
      label: columns.status,
      render: ({ status }) => (
        <StatusChip tone={TONES[status]}>{texts.statuses[status]}</StatusChip>
      ),
    },
    {
      key: 'date_created',
      label: columns.date_created,
      sort: 'date_created',
      render: ({ date_created }) => <Moment time={date_created} />,
    },
    {
      key: 'container',
      label: columns.container,
      render: ({ container }) => container.name,
    },
  ];
}
