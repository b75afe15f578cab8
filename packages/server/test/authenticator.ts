/**
 * An authenticator that signs as a browser's does (WebAuthn Level 3, sections 6.1 and 6.5): with keys of
 * P-256, and no attestation. It does what it is told, so that a test can have it do what none would.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** What of the options an authenticator looks at. */
export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
}
export interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

/** How a browser that was led astray answers instead. */
interface Astray {
  readonly origin?: string;
  readonly challenge?: string;
  readonly rp_id?: string;
  readonly type?: string;
}

const FLAGS = { user_present: 0x01, user_verified: 0x04, has_key: 0x40 } as const;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest();

export class Authenticator {
  readonly id: string;
  /** Signatures so far; one that never counts stays at 0. */
  counter: number;
  readonly #id: Buffer = randomBytes(32);
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject };
  readonly #origin: string;

  /** @param origin of the page that the browser shows */
  constructor(origin: string, counter = 1) {
    this.#origin = origin;
    this.#keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.id = base64url(this.#id);
    this.counter = counter;
  }

  /** Makes its passkey. @returns what a page sends as `response` */
  create({ challenge, rp }: CreationOptions, astray: Astray = {}): object {
    const client = this.#describeClient('webauthn.create', challenge, astray);
    const flags = FLAGS.user_present | FLAGS.user_verified | FLAGS.has_key;
    const authData = Buffer.concat([
      this.#describe(astray.rp_id ?? rp.id, flags),
      Buffer.alloc(16),
      Buffer.from([0, this.#id.length]),
      this.#id,
      this.#encodeKey(),
    ]);
    const attestation = encodeMap([
      ['fmt', encodeText('none')],
      ['attStmt', encodeMap([])],
      ['authData', encodeBytes(authData)],
    ]);
    return this.#wrap({
      clientDataJSON: base64url(client),
      attestationObject: base64url(attestation),
      transports: ['internal'],
    });
  }

  /** Signs by its passkey. @returns what a page sends as `response` */
  get({ challenge, rpId }: RequestOptions, astray: Astray = {}): object {
    const client = this.#describeClient('webauthn.get', challenge, astray);
    const flags = FLAGS.user_present | FLAGS.user_verified;
    const authData = this.#describe(astray.rp_id ?? rpId, flags);
    const signed = Buffer.concat([authData, sha256(client)]);
    return this.#wrap({
      clientDataJSON: base64url(client),
      authenticatorData: base64url(authData),
      signature: base64url(sign('sha256', signed, this.#keys.privateKey)),
    });
  }

  #wrap(response: object): object {
    const { id } = this;
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #describeClient(type: string, challenge: string, astray: Astray): Buffer {
    const told = { type, challenge, origin: this.#origin, crossOrigin: false, ...astray };
    return Buffer.from(JSON.stringify(told));
  }

  #describe(rp_id: string, flags: number): Buffer {
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(this.counter, 1);
    return Buffer.concat([sha256(rp_id), tail]);
  }

  /** As COSE has it (RFC 9053, sections 2.1 and 7.1.1): a key on P-256 for ES256. */
  #encodeKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return encodeMap([
      [1, encodeInteger(2)],
      [3, encodeInteger(-7)],
      [-1, encodeInteger(1)],
      [-2, encodeBytes(Buffer.from(x, 'base64url'))],
      [-3, encodeBytes(Buffer.from(y, 'base64url'))],
    ]);
  }
}

/** The head of an item of CBOR (RFC 8949, section 3), for lengths below 65536. */
function encodeHead(major: number, value: number): Buffer {
  const kind = major << 5;
  if (value < 24) {
    return Buffer.from([kind | value]);
  }
  return value < 256
    ? Buffer.from([kind | 24, value])
    : Buffer.from([kind | 25, value >> 8, value & 0xff]);
}

const encodeInteger = (value: number): Buffer =>
  value < 0 ? encodeHead(1, -1 - value) : encodeHead(0, value);
const encodeBytes = (bytes: Buffer): Buffer => Buffer.concat([encodeHead(2, bytes.length), bytes]);
const encodeText = (text: string): Buffer =>
  Buffer.concat([encodeHead(3, Buffer.byteLength(text)), Buffer.from(text)]);

function encodeMap(entries: readonly (readonly [string | number, Buffer])[]): Buffer {
  const encoded = entries.flatMap(([name, value]) => [
    typeof name === 'number' ? encodeInteger(name) : encodeText(name),
    value,
  ]);
  return Buffer.concat([encodeHead(5, entries.length), ...encoded]);
}
