/** A page of a list whose order and page are in the address: the table, and the way to the other pages. */
import type { ListState } from '../list-state.ts';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { Pager } from './pager.tsx';

interface ListTableProps<Row> extends Omit<DataTableProps<Row>, 'onSort'> {
  readonly state: ListState;
  /** The order that it has: what the address asks for, or the usual one. */
  readonly sort: string;
  /** Of all pages. */
  readonly total: number;
}

export function ListTable<Row>({ state, total, ...table }: ListTableProps<Row>) {
  return (
    <>
      <DataTable {...table} onSort={(sort) => state.set({ sort })} />
      <Pager page={state.page} total={total} goTo={state.goTo} />
    </>
  );
}
