/** The orders for an organization. */
export const organization_orders = {
  caption: 'Orders for this organization',
  status: 'Status',
  status_all: 'All',
  statuses: {
    pending: 'Pending',
    issued: 'Issued',
    rejected: 'Rejected',
    canceled: 'Canceled',
  },
  columns: {
    id: 'Order',
    common_name: 'Common name',
    product: 'Product',
    status: 'Status',
    date_created: 'Ordered',
    container: 'Division',
  },
  none_title: 'No order yet',
  none: 'Orders arrive through the API, from the system that people order with. They are listed here then.',
  no_match_title: 'No order of this status',
  no_match: 'This organization has other orders.',
  clear: 'Show all orders',
} as const;
