/**
 * The verified contacts of organizations and the roles that they have. What they were asked to confirm
 * has its own file.
 */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { VerifiedContactRoleRow, VerifiedContactRow } from './schema-contacts.ts';
import { statement } from './statement.ts';

type NewVerifiedContact = Omit<
  Insertable<VerifiedContactRow>,
  'id' | 'withdrawn_at' | 'withdrawal_reason'
>;
export type StoredVerifiedContact = Selectable<VerifiedContactRow>;
export type StoredRole = Selectable<VerifiedContactRoleRow>;

/** What is known of the person, which may be told anew. */
export type VerifiedPerson = Omit<NewVerifiedContact, 'account_id' | 'organization_id' | 'user_id'>;

/** @returns the id of the new verified contact */
export async function insertVerifiedContact(
  tx: Transaction,
  contact: NewVerifiedContact,
): Promise<number> {
  const row = await tx.first(insertContact, contact);
  if (row === undefined) {
    throw new Error('A verified contact was not inserted.');
  }
  return row.id;
}

export async function insertVerifiedContactRole(tx: Transaction, role: StoredRole): Promise<void> {
  await tx.run(insertRole, role);
}

/** The verified contacts of some organizations, oldest first. */
export async function listVerifiedContacts(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredVerifiedContact[]> {
  return await handle.all(selectContacts, ofOrganizations(account_id, organization_ids));
}

/** The roles of the verified contacts of some organizations. */
export async function listVerifiedContactRoles(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredRole[]> {
  return await handle.all(selectRoles, ofOrganizations(account_id, organization_ids));
}

export async function updateVerifiedPerson(
  tx: Transaction,
  account_id: number,
  organization_id: number,
  id: number,
  person: VerifiedPerson,
): Promise<void> {
  await tx.run(updatePerson, { ...person, account_id, organization_id, id });
}

/** Withdraws a contact who is not withdrawn. @returns whether it was this that did */
export async function withdrawOnce(
  tx: Transaction,
  account_id: number,
  organization_id: number,
  id: number,
  withdrawal: { readonly withdrawn_at: string; readonly withdrawal_reason: string },
): Promise<boolean> {
  return (await tx.change(withdraw, { ...withdrawal, account_id, organization_id, id })) === 1;
}

type RoleStatus = StoredRole['status'];

/** Gives those of some roles of a contact that have one of some statuses another one. */
export async function updateRoles(
  tx: Transaction,
  account_id: number,
  organization_id: number,
  verified_contact_id: number,
  {
    roles,
    from,
    to,
  }: {
    readonly roles: readonly StoredRole['validation_type'][];
    readonly from: readonly RoleStatus[];
    readonly to: RoleStatus;
  },
): Promise<void> {
  await tx.run(changeRoles, {
    account_id,
    organization_id,
    verified_contact_id,
    roles: JSON.stringify(roles),
    from: JSON.stringify(from),
    to,
  });
}

/** Deletes the verified contacts of an organization with all that they were asked. Mail stays. */
export async function deleteVerifiedContacts(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  for (const deletion of DELETIONS) {
    await tx.run(deletion, { account_id, organization_id });
  }
}

type OfOrganization = { account_id: number; organization_id: number };
type OfOrganizations = { account_id: number; organization_ids: string };
type OneContact = OfOrganization & { id: number };

function ofOrganizations(account_id: number, ids: readonly number[]): OfOrganizations {
  return { account_id, organization_ids: JSON.stringify(ids) };
}

const insertContact = statement<NewVerifiedContact, { id: number }>((db, args) =>
  db
    .insertInto('verified_contacts')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      user_id: args.user_id,
      ...personOf(args),
      withdrawn_at: sql`''`,
      withdrawal_reason: sql`''`,
    })
    .returning('id'),
);

function personOf(args: VerifiedPerson): VerifiedPerson {
  return {
    first_name: args.first_name,
    last_name: args.last_name,
    job_title: args.job_title,
    telephone: args.telephone,
    telephone_extension: args.telephone_extension,
    email: args.email,
    language_id: args.language_id,
  };
}

const insertRole = statement<StoredRole, unknown>((db, args) =>
  db.insertInto('verified_contact_roles').values({
    account_id: args.account_id,
    organization_id: args.organization_id,
    verified_contact_id: args.verified_contact_id,
    validation_type: args.validation_type,
    status: args.status,
  }),
);

const selectContacts = statement<OfOrganizations, StoredVerifiedContact>((db, args, dialect) =>
  db
    .selectFrom('verified_contacts')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint'))
    .orderBy('id'),
);

const selectRoles = statement<OfOrganizations, StoredRole>((db, args, dialect) =>
  db
    .selectFrom('verified_contact_roles')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint')),
);

const updatePerson = statement<OneContact & VerifiedPerson, unknown>((db, args) =>
  db
    .updateTable('verified_contacts')
    .set(personOf(args))
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('id', '=', args.id),
);

const withdraw = statement<
  OneContact & { withdrawn_at: string; withdrawal_reason: string },
  unknown
>((db, args) =>
  db
    .updateTable('verified_contacts')
    .set({ withdrawn_at: args.withdrawn_at, withdrawal_reason: args.withdrawal_reason })
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('id', '=', args.id)
    .where('withdrawn_at', '=', ''),
);

const changeRoles = statement<
  OfOrganization & { verified_contact_id: number; roles: string; from: string; to: RoleStatus },
  unknown
>((db, args, dialect) =>
  db
    .updateTable('verified_contact_roles')
    .set({ status: args.to })
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('verified_contact_id', '=', args.verified_contact_id)
    .where(dialect.isIn(sql.ref('validation_type'), args.roles, 'text'))
    .where(dialect.isIn(sql.ref('status'), args.from, 'text')),
);

const deleteLinks = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('confirmation_links')
    .where('account_id', '=', args.account_id)
    .where('confirmation_id', 'in', (eb) =>
      eb
        .selectFrom('confirmations')
        .select('confirmations.id')
        .where('confirmations.account_id', '=', args.account_id)
        .where('confirmations.organization_id', '=', args.organization_id),
    ),
);

/** The tables that have the organization in each row. */
const TABLES_OF_ORGANIZATION = [
  'confirmations',
  'approval_requests',
  'verified_contact_roles',
  'verified_contacts',
] as const;

/** What refers to others before these. */
const DELETIONS = [
  deleteLinks,
  ...TABLES_OF_ORGANIZATION.map((table) =>
    statement<OfOrganization, unknown>((db, args) =>
      db
        .deleteFrom(table)
        .where('account_id', '=', args.account_id)
        .where('organization_id', '=', args.organization_id),
    ),
  ),
];
