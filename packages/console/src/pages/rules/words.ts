/** What rules name by words of the API, as people read it. */
import type { Texts } from '../../texts/texts.ts';

/** Several, as one text in the reader's language. */
export function listTexts(
  { language }: Pick<Texts, 'language'>,
  texts: readonly string[],
  type: 'conjunction' | 'unit' = 'unit',
): string {
  return new Intl.ListFormat(language, { type, style: 'long' }).format(texts);
}

export function nameTypes(
  texts: Pick<Texts, 'language' | 'words'>,
  types: readonly (keyof Texts['words']['validation_types'])[],
): string {
  return listTexts(
    texts,
    types.map((type) => texts.words.validation_types[type]),
  );
}

export function nameKinds(
  texts: Pick<Texts, 'language' | 'words'>,
  kinds: readonly (keyof Texts['words']['evidence_kinds'])[],
): string {
  return listTexts(
    texts,
    kinds.map((kind) => texts.words.evidence_kinds[kind]),
  );
}
