/** Values of an organization and of its profile, as people read them. */
import { DETAIL_FIELDS, PROFILE_FIELDS, type ResponseOf } from '@orgvet/contract';
import { useOperation } from '../../operations.ts';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import type { OrganizationDetails, Source } from './types.ts';
import { wordFor } from './words.ts';

export type Profile = ResponseOf<'getProfile'>;

export type Field = keyof Texts['words']['fields'];

/** What is known of an organization, by the names of the fields. */
export type Known = Readonly<Partial<Record<Field, string>>>;

export function useProfile(organization_id: number) {
  return useOperation('getProfile', { params: { organization_id } });
}

/** The register of sources, as far as whoever looks may see it. */
export function useSources(): readonly Source[] {
  const enabled = usePermissions()('view_vetting');
  return useOperation('listSources', { query: {} }, { enabled }).data?.sources ?? [];
}

export function describeDetails(details: OrganizationDetails): Known {
  return Object.fromEntries(DETAIL_FIELDS.map((field) => [field, String(details[field] ?? '')]));
}

/** What is known of the profile, in words. */
export function useDescribedProfile(profile: Profile): Known {
  const { work } = useTexts();
  const sources = useSources();
  const texts = work.profile;
  const describe = (field: (typeof PROFILE_FIELDS)[number]): string => {
    const value = profile[field];
    if (value === undefined) {
      return '';
    }
    if (typeof value === 'boolean') {
      return value ? texts.yes : texts.no;
    }
    if (typeof value === 'number') {
      return sources.find(({ id }) => id === value)?.name ?? texts.source(value);
    }
    return field === 'entity_class' ? wordFor(texts.entity_classes, value) : value;
  };
  return Object.fromEntries(PROFILE_FIELDS.map((field) => [field, describe(field)]));
}
