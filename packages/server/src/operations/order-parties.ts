/**
 * What a request for an order names, looked up in the order's own transaction: the container, the
 * organization, the contacts, and who approves. Whatever is wrong with it is collected; nothing is changed.
 */
import {
  fieldProblem,
  type OrderContactRequest,
  type Problem,
  type Product,
  ROLES_BY_VALIDATION_TYPE,
} from '@orgvet/contract';
import { roleStatusAt } from '../domain/confirmation.ts';
import { type CheckedOrder, roleFor, type SentContact } from '../domain/orders.ts';
import { deriveDetails, detailsOf } from '../domain/organization.ts';
import { canApprove, type PlannedContact } from '../domain/validation.ts';
import {
  findContainer,
  listContainersOfOrganizations,
  type StoredContainer,
} from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import type { StoredOrderContact } from '../store/orders.ts';
import {
  lockOrganization,
  lockOrganizationByFingerprint,
  type StoredOrganization,
} from '../store/organizations.ts';
import { findUser, type StoredUser } from '../store/users.ts';
import { type Context, timeOf } from './context.ts';
import { restrictsOrders } from './organization-lists.ts';
import { isUserVisible } from './user-parts.ts';
import { checkApprover, checkNonUsers } from './validation-requests.ts';
import { type ContactWithRoles, listContactsWithRoles } from './verified-contact-parts.ts';
import { homeContainerOf, isContainerVisible, isOrganizationVisible } from './visibility.ts';

/** A person as an order keeps them. */
type OrderPerson = Omit<
  StoredOrderContact,
  'account_id' | 'order_id' | 'position' | 'verified_contact_id'
>;

/** What a request names. To be used only if there are no problems. */
export interface OrderParties {
  readonly problems: readonly Problem[];
  readonly container_id: number;
  /** Locked; undefined for one that is to be created. */
  readonly organization: StoredOrganization | undefined;
  /** The organization and the technical contact, as far as the request gives them. */
  readonly people: readonly OrderPerson[];
  /** Who approves and has to be asked. */
  readonly planned: readonly PlannedContact[];
  /** Who approves for the organization already, where nobody has to be asked. */
  readonly present: readonly ContactWithRoles[];
}

/** What the lookups of one request share. */
interface Search {
  readonly tx: Transaction;
  readonly context: Context;
  readonly checked: CheckedOrder;
  readonly product: Product;
  /** Grows with whatever is wrong. */
  readonly problems: Problem[];
}

export async function findParties(
  tx: Transaction,
  context: Context,
  checked: CheckedOrder,
  product: Product,
): Promise<OrderParties> {
  const search: Search = { tx, context, checked, product, problems: [...checked.problems] };
  const container = await findOrderContainer(search);
  const before = search.problems.length;
  const organization = await findOrderOrganization(search);
  const isRead = organization !== undefined || checked.problems.length === 0;
  const isKnown = isRead && search.problems.length === before;
  if (container !== undefined && isKnown) {
    await checkPlacement(search, container, organization);
  }
  const everybody = await findPeople(search);
  const named = everybody.filter(({ contact_type }) => contact_type === 'verified_contact');
  const approvers =
    named.length > 0 || !isKnown
      ? { planned: named.map((person) => planApprover(person, product)), present: [] }
      : await findDefaultApprovers(search, organization);
  return {
    problems: search.problems,
    container_id: container?.id ?? 0,
    organization,
    people: everybody.filter(({ contact_type }) => contact_type !== 'verified_contact'),
    ...approvers,
  };
}

async function findOrderContainer({
  tx,
  context: { principal },
  checked: { request },
  problems,
}: Search): Promise<StoredContainer | undefined> {
  const id = request.container?.id ?? homeContainerOf(principal);
  const container = isContainerVisible(principal, id)
    ? await findContainer(tx, principal.account_id, id)
    : undefined;
  if (container === undefined) {
    problems.push(invalid('container.id', `${id} is no container of this account.`));
  } else if (container.is_active === 0) {
    problems.push(invalid('container.id', `${id} is an inactive container.`));
  }
  return container;
}

async function findOrderOrganization(search: Search): Promise<StoredOrganization | undefined> {
  const { checked } = search;
  if (checked.details === undefined) {
    return await findNamedOrganization(search);
  }
  // Only details without a problem can match; and who skips the check wants another organization.
  return checked.problems.length > 0 || checked.skips_duplicate_check
    ? undefined
    : await findMatchingOrganization(search, checked.details);
}

async function findNamedOrganization(search: Search): Promise<StoredOrganization | undefined> {
  const id = search.checked.request.organization?.id;
  if (id === undefined) {
    return undefined;
  }
  const organization = await lockVisibleOrganization(search, id);
  if (organization === undefined) {
    search.problems.push(invalid('organization.id', `${id} is no organization of this account.`));
  } else if (organization.is_active === 0) {
    search.problems.push(invalid('organization.id', `${id} is an inactive organization.`));
  }
  return organization;
}

/** The existing organization that details mean (Create organization: it is used instead). */
async function findMatchingOrganization(
  search: Search,
  details: NonNullable<CheckedOrder['details']>,
): Promise<StoredOrganization | undefined> {
  const { tx, context, problems } = search;
  const { fingerprint } = deriveDetails(detailsOf(details));
  const { account_id } = context.principal;
  const id = await lockOrganizationByFingerprint(tx, account_id, fingerprint);
  if (id === undefined) {
    return undefined;
  }
  const organization = await lockVisibleOrganization(search, id);
  const way = 'Set skip_duplicate_org_check to true to create another one.';
  if (organization === undefined) {
    problems.push(
      invalid('organization', `matches an organization that you may not order for. ${way}`),
    );
  } else if (organization.is_active === 0) {
    problems.push(
      invalid('organization', `matches the organization ${id}, which is inactive. ${way}`),
    );
  }
  return organization;
}

/** Until the transaction ends nobody deactivates or deletes it: that looks at its orders. */
async function lockVisibleOrganization(
  { tx, context: { principal } }: Search,
  id: number,
): Promise<StoredOrganization | undefined> {
  return (await isOrganizationVisible(tx, principal, id))
    ? await lockOrganization(tx, principal.account_id, id)
    : undefined;
}

/** A container that has organizations assigned orders for these alone: for no new one either. */
async function checkPlacement(
  { tx, context, problems }: Search,
  container: StoredContainer,
  organization: StoredOrganization | undefined,
): Promise<void> {
  const { account_id } = context.principal;
  if (!(await restrictsOrders(tx, account_id, container))) {
    return;
  }
  const assigned =
    organization === undefined
      ? []
      : await listContainersOfOrganizations(tx, account_id, [organization.id]);
  if (!assigned.some(({ container_id }) => container_id === container.id)) {
    const detail = `${container.id} may order only for the organizations assigned to it.`;
    problems.push(invalid('container.id', detail));
  }
}

async function findPeople(search: Search): Promise<OrderPerson[]> {
  const { tx, context, checked, problems } = search;
  const people: OrderPerson[] = [];
  for (const contact of checked.contacts) {
    people.push(
      contact.sent.user_id === undefined
        ? { ...personOf(contact.sent), contact_type: contact.contact_type, user_id: 0 }
        : await findUserPerson(search, contact, contact.sent.user_id),
    );
  }
  const isNonUser = checked.contacts.some(
    ({ contact_type, sent }) => contact_type === 'verified_contact' && sent.user_id === undefined,
  );
  if (isNonUser) {
    problems.push(...(await checkNonUsers(tx, context.principal.account_id)));
  }
  return people;
}

async function findUserPerson(
  { tx, context: { principal }, problems }: Search,
  { path, contact_type }: SentContact,
  user_id: number,
): Promise<OrderPerson> {
  const user = await findUser(tx, principal.account_id, user_id);
  if (user === undefined || !(await isUserVisible(tx, principal, user))) {
    problems.push(invalid(`${path}.user_id`, `${user_id} is no user of this account.`));
  } else if (contact_type === 'verified_contact') {
    problems.push(...checkApprover(user, `${path}.user_id`));
  }
  return { ...personOf(user ?? {}), contact_type, user_id };
}

/** Where nobody is named: who approves for the organization, or else whoever orders. */
async function findDefaultApprovers(
  search: Search,
  organization: StoredOrganization | undefined,
): Promise<Pick<OrderParties, 'planned' | 'present'>> {
  const { tx, context, product, problems } = search;
  const { account_id, user_id } = context.principal;
  const needed = roleFor(product.validation_type);
  if (needed === undefined) {
    return { planned: [], present: [] };
  }
  const contacts =
    organization === undefined
      ? []
      : await listContactsWithRoles(tx, account_id, [organization.id]);
  const time = timeOf(context);
  const present = contacts.filter((contact) =>
    contact.roles.some(
      ({ role, status }) =>
        role === needed && ['pending', 'active'].includes(roleStatusAt(status, contact, time)),
    ),
  );
  if (present.length > 0) {
    return { planned: [], present };
  }
  const owner = await findUser(tx, account_id, user_id);
  if (owner === undefined || !canApprove(owner)) {
    const detail =
      'must have a verified_contact: the organization has none, and the owner of the API key lacks a job title or a telephone number.';
    // A contact that could not be read may have been one.
    const isRead = search.checked.problems.length === 0;
    problems.push(...(isRead ? [fieldProblem('missing', 'organization.contacts', detail)] : []));
    return { planned: [], present: [] };
  }
  return { planned: [planApprover(personOfUser(owner), product)], present: [] };
}

function personOfUser(user: StoredUser): OrderPerson {
  return { ...personOf(user), contact_type: 'verified_contact', user_id: user.id };
}

function planApprover(
  { contact_type: _, ...person }: OrderPerson,
  { validation_type }: Product,
): PlannedContact {
  const roles = ROLES_BY_VALIDATION_TYPE[validation_type];
  return { ...person, language_id: 0, roles, validation_types: [validation_type] };
}

function personOf(source: Partial<Omit<OrderContactRequest, 'contact_type' | 'user_id'>>) {
  return {
    first_name: source.first_name ?? '',
    last_name: source.last_name ?? '',
    email: source.email ?? '',
    job_title: source.job_title ?? '',
    telephone: source.telephone ?? '',
    telephone_extension: source.telephone_extension ?? '',
  };
}

function invalid(path: string, detail: string): Problem {
  return fieldProblem('invalid', path, detail);
}
