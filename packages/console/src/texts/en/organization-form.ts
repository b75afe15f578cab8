/** The form of an organization: a new one, and the details of one that is there. */
export const organization_form = {
  title_new: 'New organization',
  title_edit: 'Edit organization',
  required_note: 'Fields with * are required.',
  details: 'Organization details',
  labels: {
    name: 'Legal name',
    assumed_name: 'Assumed name (DBA)',
    country: 'Country',
    state: 'State / province',
    address: 'Address',
    address2: 'Address 2',
    city: 'City',
    zip: 'Postal code',
    telephone: 'Organization telephone number',
    organization_contact_first_name: 'First name',
    organization_contact_last_name: 'Last name',
    organization_contact_job_title: 'Job title',
    organization_contact_email: 'Email address',
    organization_contact_telephone: 'Telephone number',
    organization_contact_telephone_extension: 'Telephone extension',
  },
  names_would_count: (limit: number) =>
    `With an assumed name, both names together have at most ${limit} characters: certificates show them as one.`,
  names_counted_together:
    'Both names are counted together: certificates show them as one, “Legal name (Assumed name)”.',
  country_choose: 'Choose a country',
  state_unknown: 'Not in the list of this country. It can be saved; validation will ask about it.',
  state_in_full: (name: string) => `Use the full name: ${name}`,
  contact: 'Organization contact',
  validations: 'Submit for validation (optional)',
  validation_type: (name: string, description: string) => `${name}: ${description}`,
  validations_with_contact: (types: string) =>
    `${types}: these need a verified contact. Submit for them on the page of the organization, once it is created.`,
  duplicates: 'Already there?',
  duplicates_later: 'While you type a name, organizations that are called like it are listed here.',
  duplicates_none: 'No organization is called like this.',
  duplicates_found: (count: number) =>
    count === 1 ? 'One organization is called like this.' : `${count} are called like this.`,
  duplicates_exact: 'There is one with exactly these details.',
  named: (name: string, assumed_name = '') =>
    assumed_name === '' ? name : `${name} (${assumed_name})`,
  organization_of: (id: number) => `Organization ${id}, of another division`,
  id_of: (id: number) => `ID ${id}`,
  is_exact: 'Same details',
  inactive: 'Inactive',
  open: 'Open',
  open_named: (name: string) => `Open ${name}`,
  create: 'Create organization',
  create_all_the_same: 'Create it all the same',
  save: 'Save details',
  save_all_the_same: 'Save all the same',
  cancel: 'Cancel',
  created: (name: string) => `${name} was created.`,
  reused: (id: number) => `These are the details of organization ${id}: none was created.`,
  saved: (types: string) =>
    types === ''
      ? 'The details were saved.'
      : `The details were saved. Validation has to look at them again: ${types}.`,
  duplicate_title: 'This organization is already there',
  duplicate_text: (id: number) =>
    `Organization ${id} has the same name and address. Open that one instead, unless you need another.`,
  duplicate_open: 'Open the existing one',
  draft_kept: 'Kept as a draft in this tab.',
  draft_found: 'This is your draft from before.',
  draft_discard: 'Discard the draft',
  draft_discard_title: 'Discard the draft?',
  draft_discard_text: (name: string) =>
    name === ''
      ? 'What you have typed will be gone.'
      : `What you have typed about ${name} will be gone.`,
  at_stake: 'Validations',
  at_stake_none: 'No validation serves these details now. Nothing is opened by a change.',
  at_stake_warning:
    'A change of legal details opens the checks that are about them. Until those are answered, the validation is pending.',
  at_stake_orders:
    'Orders from before are still served. Changing the details back makes the validation serve again.',
  validated_until: 'validated until',
  opens: (count: number) =>
    count === 1 ? 'Opens a check, where it applies' : `Opens ${count} checks, where they apply`,
  opens_none: 'Opens no check.',
} as const;
