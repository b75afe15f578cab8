/** A real mail server in the test's process, which does what a test tells it to, and reads what it gets. */
import type { AddressInfo, Socket } from 'node:net';
import { after } from 'node:test';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a person's program shows it. */
interface ReceivedMail {
  /** Whom the mail server was told that it is from and to. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** By their names in lower case, decoded. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
}

interface TestMailServer {
  /** As the server is told of it. */
  readonly url: string;
  /** What it has taken. */
  readonly mails: readonly ReceivedMail[];
  /** Cuts every connection, as a server that dies. */
  cut(): void;
}

interface Behaviour extends SMTPServerOptions {
  /** Decides about a mail that is there whole. @returns why it is not taken */
  readonly judge?: (mail: ReceivedMail) => Error | undefined;
}

/** A refusal as the protocol has it. */
export function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** Listens until the end of the test file. Takes any mail from anybody unless it is told otherwise. */
export async function startMailServer({
  judge = () => undefined,
  ...options
}: Behaviour = {}): Promise<TestMailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 1,
    async onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
      }
      const mail = {
        envelope: {
          from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
        },
        ...parseMail(Buffer.concat(chunks).toString()),
      };
      const reason = judge(mail);
      if (reason === undefined) {
        mails.push(mail);
      }
      done(reason);
    },
    ...options,
  });
  // A client that goes away in the middle is what some tests are about.
  server.on('error', () => {});
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    cut() {
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}

/** Reads a mail of plain text and HTML. */
function parseMail(raw: string): Omit<ReceivedMail, 'envelope'> {
  const { headers, body } = splitHeaders(raw);
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1];
  const parts = body.split(`--${boundary}`).slice(1, -1);
  const contents = parts.map((part) => {
    const { headers: partHeaders, body: content } = splitHeaders(part.trimStart());
    return { type: partHeaders['content-type'] ?? '', text: decodeBody(partHeaders, content) };
  });
  const find = (type: string) => contents.find((part) => part.type.startsWith(type))?.text ?? '';
  return { headers, text: find('text/plain'), html: find('text/html') };
}

function splitHeaders(part: string): { headers: Record<string, string>; body: string } {
  const end = part.indexOf('\r\n\r\n');
  const lines = part
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())];
  });
  return { headers: Object.fromEntries(headers), body: part.slice(end + 4) };
}

/** Words of other scripts in a header (RFC 2047); the space between two of them is none. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/(\?=)\s+(=\?)/g, '$1$2')
    .replaceAll(/=\?utf-8\?([QB])\?(.*?)\?=/gi, (_, form: string, word: string) =>
      form.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString()
        : decodeQuoted(word.replaceAll('_', ' ')),
    );
}

function decodeBody(headers: Record<string, string>, body: string): string {
  const content = body.replace(/\r\n$/, '');
  switch (headers['content-transfer-encoding']) {
    case 'base64':
      return Buffer.from(content, 'base64').toString();
    case 'quoted-printable':
      return decodeQuoted(content.replaceAll('=\r\n', ''));
    default:
      return content;
  }
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
