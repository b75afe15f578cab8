/** A field of the profile: a choice, a day, or a text. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import { useCountries } from './countries.ts';
import { useSources } from './facts.ts';
import { NO, type ProfileField, YES } from './profile-draft.ts';

interface ProfileInputProps {
  readonly field: ProfileField;
  readonly value: string;
  readonly error: string | undefined;
  onChange(value: string): void;
}

export function ProfileInput({ field, value, error, onChange }: ProfileInputProps) {
  const { work, words } = useTexts();
  const texts = work.profile;
  const choices = useChoices(field);
  const common = {
    label: words.fields[field],
    value,
    error,
    onChange: ({ currentTarget }: { readonly currentTarget: { readonly value: string } }) =>
      onChange(currentTarget.value),
  };
  if (choices !== undefined) {
    return <NativeSelect {...common} data={[{ value: '', label: texts.unknown }, ...choices]} />;
  }
  if (field === 'formed_on') {
    return <TextInput {...common} type="date" />;
  }
  return <TextInput {...common} />;
}

/** What there is to choose from; undefined where somebody types. */
function useChoices(field: ProfileField): { value: string; label: string }[] | undefined {
  const { work } = useTexts();
  const texts = work.profile;
  const sources = useSources();
  const countries = useCountries();
  switch (field) {
    case 'entity_class':
      return Object.entries(texts.entity_classes).map(([value, label]) => ({ value, label }));
    case 'relies_on_affiliate':
    case 'has_preauthorized_approvers':
      return [
        { value: YES, label: texts.yes },
        { value: NO, label: texts.no },
      ];
    case 'jurisdiction_country':
      return countries;
    case 'registration_source_id':
      return sources
        .filter(({ withdrawn_at }) => withdrawn_at === undefined)
        .map(({ id, name }) => ({ value: String(id), label: name }));
    default:
      return undefined;
  }
}
