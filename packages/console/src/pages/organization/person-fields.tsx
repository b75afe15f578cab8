/** The fields of a person in a form. */
import { NativeSelect, TextInput } from '@mantine/core';
import { LANGUAGES } from '@orgvet/contract';
import { useTexts } from '../../texts/index.ts';
import { PERSON_FIELDS, type Person, type PersonField } from './person.ts';

const TYPES: Partial<Record<PersonField, 'email' | 'tel'>> = { email: 'email', telephone: 'tel' };

interface PersonFieldsProps {
  readonly person: Person;
  readonly required: readonly PersonField[];
  readonly errors: Partial<Readonly<Record<PersonField, string>>>;
  onChange(person: Person): void;
}

export function PersonFields({ person, required, errors, onChange }: PersonFieldsProps) {
  const { language, organization_contacts: texts } = useTexts();
  const languages = new Intl.DisplayNames(language, { type: 'language' });
  return (
    <div className="organization-people">
      {PERSON_FIELDS.map((field) => (
        <TextInput
          key={field}
          name={field}
          type={TYPES[field] ?? 'text'}
          label={texts.fields[field]}
          required={required.includes(field)}
          // It is somebody else than whoever types.
          autoComplete="off"
          value={person[field]}
          error={errors[field]}
          onChange={({ currentTarget }) => onChange({ ...person, [field]: currentTarget.value })}
        />
      ))}
      <NativeSelect
        label={texts.fields.language}
        value={person.language_id}
        onChange={({ currentTarget }) => onChange({ ...person, language_id: currentTarget.value })}
        data={LANGUAGES.map(({ id, locale, name }) => ({
          value: String(id),
          label: languages.of(locale.replace('_', '-')) ?? name,
        }))}
      />
    </div>
  );
}
