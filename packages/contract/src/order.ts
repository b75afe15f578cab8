/** Orders on the wire: the record that an ordering system keeps with the registry. */
import { type Static, Type } from 'typebox';
import { OrganizationContactRequest } from './contact.ts';
import { conditional, id, lines, oneOf, optional, text, textOrNumber, time } from './fields.ts';
import { pageFields, sortBy } from './list-query.ts';
import { detailFields, skipDuplicateCheck, Validation } from './organization.ts';
import { Page } from './page.ts';
import { PRODUCT_TYPES } from './products.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

/** The vendor's values (List orders) that Orgvet uses: it issues nothing itself, so the others never come. */
export const ORDER_STATUSES = ['pending', 'issued', 'rejected', 'canceled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** `ev_approver` is the older name of `verified_contact`. */
export const ORDER_CONTACT_TYPES = [
  'organization_contact',
  'technical_contact',
  'verified_contact',
  'ev_approver',
] as const;
export type OrderContactType = (typeof ORDER_CONTACT_TYPES)[number];

const { first_name, last_name, email: emailField } = OrganizationContactRequest.properties;

export const OrderContactRequest = Type.Object({
  contact_type: oneOf(ORDER_CONTACT_TYPES, 'Which contact it is.'),
  user_id: optional(
    id('An existing user of the account. When it is given, the other members are ignored.'),
  ),
  first_name: conditional({
    ...first_name,
    description: 'First name. Required without `user_id`.',
  }),
  last_name: conditional({ ...last_name, description: 'Last name. Required without `user_id`.' }),
  email: conditional({ ...emailField, description: 'Email address. Required without `user_id`.' }),
  job_title: conditional(text(64, 'Job title. Required of a verified contact.')),
  telephone: conditional(textOrNumber(32, 'Telephone number. Required of a verified contact.')),
  telephone_extension: optional(textOrNumber(16, 'Telephone extension.')),
});
export type OrderContactRequest = Static<typeof OrderContactRequest>;

const conditionalDetails = {
  name: conditional(detailFields.name),
  assumed_name: detailFields.assumed_name,
  country: conditional(detailFields.country),
  address: conditional(detailFields.address),
  address2: detailFields.address2,
  city: conditional(detailFields.city),
  state: conditional(detailFields.state),
  zip: conditional(detailFields.zip),
  telephone: conditional(detailFields.telephone),
};

const names = (maxItems: number, description: string) =>
  optional(Type.Array(text(255, 'A name.'), { maxItems, description }));

export const OrderRequest = Type.Object({
  certificate: Type.Object(
    {
      common_name: conditional(text(255, 'Common name. Required for TLS certificates.')),
      dns_names: names(2000, 'Further names.'),
      csr: optional(lines(32_768, 'The certificate signing request, kept as it is given.')),
      signature_hash: optional(text(32, 'Hash of the signature.')),
      organization_units: names(100, 'Organization units.'),
    },
    { description: 'What is ordered; kept as it is given.' },
  ),
  organization: Type.Object(
    {
      id: optional(
        id('An existing organization. When it is given, only `contacts` is read beside it.'),
      ),
      ...conditionalDetails,
      skip_duplicate_org_check: skipDuplicateCheck,
      contacts: conditional(
        Type.Array(OrderContactRequest, {
          maxItems: 50,
          description:
            "The order's contacts. Organization and technical contact are otherwise copied from the " +
            'organization; a new organization needs an `organization_contact`.',
        }),
      ),
    },
    {
      description:
        'An existing organization by `id`, or the details of a new one. Details that match an ' +
        'existing organization mean that one, unless `skip_duplicate_org_check` is true.',
    },
  ),
  skip_duplicate_org_check: skipDuplicateCheck,
  container: optional(Type.Object({ id: id('The container that the order belongs to.') })),
  comments: optional(lines(2000, 'Message for whoever looks after the order.')),
  validity_years: optional(Type.Integer({ minimum: 1, maximum: 6, description: 'Years.' })),
  disable_renewal_notifications: optional(Type.Boolean({ description: 'Kept as it is given.' })),
});
export type OrderRequest = Static<typeof OrderRequest>;

const REQUEST_STATUSES = ['approved'] as const;

const orderRequestFields = {
  id: id('Request id.'),
  status: oneOf(
    REQUEST_STATUSES,
    'Always approved: whoever may order needs no further approval here.',
  ),
};

export const OrderCreated = Type.Object({
  id: id('Order id.'),
  requests: Type.Array(Type.Object(orderRequestFields)),
  organization: Type.Object({ id: id('The organization that the order is for.') }),
});
export type OrderCreated = Static<typeof OrderCreated>;

const certificateFields = {
  common_name: optional(Type.String()),
  dns_names: optional(Type.Array(Type.String())),
  csr: optional(Type.String()),
  signature_hash: optional(Type.String()),
};

const productFields = {
  name_id: Type.String({ description: 'Identifier of the product.' }),
  name: Type.String(),
  type: oneOf(PRODUCT_TYPES, 'Kind of product.'),
};

const orderFields = {
  id: id('Order id.'),
  status: oneOf(ORDER_STATUSES, 'Status.'),
  is_renewal: Type.Boolean({ description: 'Always false: Orgvet does not follow renewals.' }),
  is_renewed: Type.Boolean({ description: 'Always false: Orgvet does not follow renewals.' }),
  date_created: time('When it was ordered.'),
  disable_renewal_notifications: Type.Boolean({ description: 'As it was sent.' }),
};

const containerOf = Type.Object({ id: id('Container id.'), name: Type.String() });

/** A contact of an order, as it was at the moment of the order. */
const OrderContact = Type.Object({
  user_id: optional(id('User id, where it is a user.')),
  first_name: Type.String(),
  last_name: Type.String(),
  name: Type.String(),
  email: Type.String(),
  job_title: optional(Type.String()),
  telephone: optional(Type.String()),
  telephone_extension: optional(Type.String()),
});

export const Order = Type.Object({
  ...orderFields,
  certificate: Type.Object({
    ...certificateFields,
    organization_units: optional(Type.Array(Type.String())),
    organization: Type.Object({ id: id('Organization id.') }),
  }),
  organization: Type.Object({
    id: id('Organization id.'),
    name: Type.String(),
    display_name: Type.String(),
    is_active: Type.Boolean(),
    city: Type.String(),
    state: Type.String(),
    country: Type.String(),
  }),
  container: containerOf,
  product: Type.Object({
    ...productFields,
    validation_type: oneOf(VALIDATION_TYPE_NAMES, 'The validation that it needs.'),
    validation_name: Type.String(),
    validation_description: Type.String(),
  }),
  organization_contact: optional(OrderContact),
  technical_contact: optional(OrderContact),
  verified_contacts: optional(Type.Array(OrderContact)),
  user: optional(
    Type.Object(
      {
        id: id('User id.'),
        first_name: Type.String(),
        last_name: Type.String(),
        email: Type.String(),
      },
      { description: 'Whoever ordered; absent once deleted.' },
    ),
  ),
  requests: Type.Array(
    Type.Object({
      ...orderRequestFields,
      date: time('When it was requested.'),
      type: oneOf(['new_request'] as const, 'Kind of request.'),
      comments: optional(Type.String()),
    }),
  ),
  validity_years: optional(Type.Integer()),
  product_name_id: Type.String({ description: 'Identifier of the product.' }),
});
export type Order = Static<typeof Order>;

const OrderListItem = Type.Object({
  ...orderFields,
  certificate: Type.Object(certificateFields),
  organization: Type.Object({ id: id('Organization id.'), name: Type.String() }),
  container: containerOf,
  product: Type.Object(productFields),
  has_duplicates: Type.Boolean({ description: 'Always false: Orgvet does not follow duplicates.' }),
  validity_years: optional(Type.Integer()),
  product_name_id: Type.String({ description: 'Identifier of the product.' }),
});
export type OrderListItem = Static<typeof OrderListItem>;

export const OrderList = Type.Object({ orders: Type.Array(OrderListItem), page: Page });
export type OrderList = Static<typeof OrderList>;

export const ORDER_SORT_PROPERTIES = [
  'id',
  'common_name',
  'product_name_id',
  'date_created',
  'validity_years',
] as const;
export type OrderSortProperty = (typeof ORDER_SORT_PROPERTIES)[number];

export const OrderListQuery = Type.Object({
  'filters[organization_id]': optional(id('Only orders for this organization.')),
  'filters[status]': optional(oneOf(ORDER_STATUSES, 'Only orders of this status.')),
  'filters[product_name_id]': optional(
    Type.String({ maxLength: 64, description: 'Only orders of this product.' }),
  ),
  sort: sortBy(ORDER_SORT_PROPERTIES),
  ...pageFields,
});
export type OrderListQuery = Static<typeof OrderListQuery>;

/** What the vendor names of an unfinished organization validation (Order validation status). */
const pendingDetail = oneOf(['pending'] as const, 'Pending until the validation is active.');

export const OrderValidation = Type.Object({
  order_id: Type.String({ description: 'Here a string, as the documents print it.' }),
  order_status: oneOf(ORDER_STATUSES, 'Status of the order.'),
  organization_id: Type.String({ description: 'Here a string, as the documents print it.' }),
  organization_name: Type.String(),
  organization_validations: Type.Array(
    Type.Object({
      ...Validation.properties,
      verified_contacts: optional(
        Type.Array(
          Type.Object({
            user_id: Type.String({ description: '"0" when it is no user.' }),
            name: Type.String(),
            first_name: Type.String(),
            last_name: Type.String(),
            job_title: optional(Type.String()),
            telephone: optional(Type.String()),
            email: Type.String(),
            status: oneOf(
              ['pending', 'active', 'declined', 'withdrawn'] as const,
              'How far the contact is for this type.',
            ),
          }),
        ),
      ),
      verification_details: optional(
        Type.Object(
          {
            organization_type: pendingDetail,
            organization_status: pendingDetail,
            address_verification: pendingDetail,
            blacklist_fraud: pendingDetail,
            request_authenticity: pendingDetail,
          },
          { description: 'Only while the validation is not active.' },
        ),
      ),
    }),
  ),
  missing: Type.Array(
    oneOf(
      ['active_organization', 'organization_validation', 'verified_contact'] as const,
      'What is missing.',
    ),
    { description: 'What the organization still lacks for the product. Orgvet’s own member.' },
  ),
});
export type OrderValidation = Static<typeof OrderValidation>;

export const OrderStatusRequest = Type.Object({
  status: oneOf(
    ['issued', 'rejected', 'canceled'] as const,
    'What has become of a pending order; `issued` only once it was ready.',
  ),
  note: optional(lines(2000, 'Why.')),
});
export type OrderStatusRequest = Static<typeof OrderStatusRequest>;
