/** Legal Entity Identifiers (ISO 17442): their form and their check digits. Pure; looks nothing up. */

const LEI = /^[0-9A-Z]{18}[0-9]{2}$/;

/** Whether a text is an LEI: twenty capital letters and digits whose check digits fit. */
export function isLei(text: string): boolean {
  return LEI.test(text) && remainderOf97(text) === 1;
}

/** The two check digits of the first eighteen characters of an LEI (ISO 7064, MOD 97-10). */
export function computeLeiCheckDigits(base: string): string {
  return String(98 - remainderOf97(`${base}00`)).padStart(2, '0');
}

/** The remainder of the number that is read when each letter stands for 10 (A) to 35 (Z). */
function remainderOf97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}
