/** What an organization is called: its name, with the assumed one where it has one, as on the wire. */
export function displayNameOf({
  name,
  assumed_name,
}: {
  readonly name: string;
  readonly assumed_name?: string;
}): string {
  return assumed_name === undefined ? name : `${name} (${assumed_name})`;
}
