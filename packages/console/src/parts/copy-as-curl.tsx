/** The very request that a page shows the answer of, as a line for a shell. */
import { Button } from '@mantine/core';
import {
  fullPathOf,
  type OperationName,
  type RequestOf,
  ROUTES,
  type Route,
} from '@orgvet/contract';
import { useTexts } from '../texts/index.ts';
import { useToast } from './toast.tsx';

/** Where whoever pastes the line has put the key; a key itself never stands in it. */
const KEY = '$ORGVET_KEY';

export function CopyAsCurl<Name extends OperationName>({
  name,
  request,
}: {
  readonly name: Name;
  readonly request: RequestOf<Name>;
}) {
  const { parts } = useTexts();
  const show = useToast();
  const line = renderCurl(name, request, window.location.origin);
  return (
    <Button
      variant="default"
      title={line}
      onClick={() =>
        navigator.clipboard.writeText(line).then(
          () => show(parts.copied),
          () => show(parts.copy_failed),
        )
      }
    >
      {parts.copy_as_curl}
    </Button>
  );
}

/** A reading request, as curl sends it. */
function renderCurl<Name extends OperationName>(
  name: Name,
  request: RequestOf<Name>,
  origin: string,
): string {
  const { params = {}, query = {} } = request as {
    params?: Readonly<Record<string, unknown>>;
    query?: Readonly<Record<string, unknown>>;
  };
  const path = fullPathOf(ROUTES[name] as Route).replaceAll(/\{(\w+)\}/g, (_, part) =>
    encodeURIComponent(String(params[part])),
  );
  const url = new URL(path, origin);
  for (const [part, value] of Object.entries(query)) {
    if (value !== undefined) {
      url.searchParams.set(part, String(value));
    }
  }
  // Everything in a URL that a shell would take for its own is encoded in it, but the quote.
  return `curl -sS -H "X-DC-DEVKEY: ${KEY}" '${url.href.replaceAll("'", '%27')}'`;
}
