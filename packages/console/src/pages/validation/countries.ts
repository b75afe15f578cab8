/** The countries, to choose from. */
import { useOperation } from '../../operations.ts';

export function useCountries(): { value: string; label: string }[] {
  const { data } = useOperation('listCountries', {});
  return (data?.countries ?? []).map(({ code, name }) => ({ value: code, label: name }));
}
