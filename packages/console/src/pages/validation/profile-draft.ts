/** The profile as its form has it, all texts; and what of it is sent. */
import { PROFILE_FIELDS, type RequestOf } from '@orgvet/contract';
import type { Profile } from './facts.ts';

export type ProfileField = (typeof PROFILE_FIELDS)[number];
type ProfileDraft = Readonly<Record<ProfileField, string>>;

/** What a choice between yes, no and nothing has as its values. */
export const YES = 'yes';
export const NO = 'no';

type ProfileBody = RequestOf<'changeProfile'>['body'];

export function draftOf(profile: Profile): ProfileDraft {
  const values = PROFILE_FIELDS.map((field) => {
    const value = profile[field];
    return [field, typeof value === 'boolean' ? (value ? YES : NO) : String(value ?? '')];
  });
  return Object.fromEntries(values) as ProfileDraft;
}

/** What is empty is left out: it is not known. */
export function planProfile(draft: ProfileDraft): ProfileBody {
  const given = PROFILE_FIELDS.filter((field) => draft[field].trim() !== '');
  return Object.fromEntries(given.map((field) => [field, readField(field, draft[field])]));
}

function readField(field: ProfileField, text: string): string | number | boolean {
  if (field === 'relies_on_affiliate' || field === 'has_preauthorized_approvers') {
    return text === YES;
  }
  return field === 'registration_source_id' ? Number(text) : text;
}
