/**
 * A lean HTTP/1.1 client for load: one request at a time on each connection, kept alive, answers counted
 * by their Content-Length and not kept. `node:http`'s own client costs more than the server under test.
 */
import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Longer heads are no answer of a server that is measured here. */
const HEAD_SIZE_MAX = 16_384;

export interface LoadConnection {
  /** Sends a request, given whole as it goes over the wire in ASCII; only when none is under way. */
  send(request: string): void;
  close(): void;
}

interface Listener {
  /** An answer has arrived whole. */
  onAnswer(status: number): void;
  /** The connection is of no use any more. */
  onFailure(error: Error): void;
}

/** Connects to a server on this machine. */
export function openConnection(port: number, listener: Listener): LoadConnection {
  const reader = new AnswerReader(listener);
  let isClosed = false;
  const fail = (error: Error) => {
    if (!isClosed) {
      isClosed = true;
      listener.onFailure(error);
    }
  };
  const socket: Socket = connect({
    host: '127.0.0.1',
    port,
    noDelay: true,
    // One buffer for the connection instead of one for each read.
    onread: {
      buffer: Buffer.allocUnsafe(65_536),
      callback: (size, buffer) => {
        try {
          reader.read((buffer as Buffer).subarray(0, size));
        } catch (error) {
          fail(error as Error);
          socket.destroy();
        }
        return true;
      },
    },
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('The server closed a connection.')));
  return {
    send: (request) => {
      socket.write(request, 'latin1');
    },
    close: () => {
      isClosed = true;
      socket.destroy();
    },
  };
}

/** Cuts what a connection delivers into answers. */
class AnswerReader {
  readonly #listener: Listener;
  #head = Buffer.alloc(0);
  #status = 0;
  /** Bytes of the body that are still to come; undefined while the head is read. */
  #missing: number | undefined;

  constructor(listener: Listener) {
    this.#listener = listener;
  }

  read(bytes: Buffer): void {
    if (this.#missing !== undefined) {
      this.#readBody(bytes.length);
      return;
    }
    const known = this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
    const end = known.indexOf(HEAD_END);
    if (end === -1) {
      if (known.length > HEAD_SIZE_MAX) {
        throw new Error('An answer has no end of its head.');
      }
      // A copy: the buffer is used again.
      this.#head = Buffer.from(known);
      return;
    }
    const head = known.toString('latin1', 0, end);
    this.#head = Buffer.alloc(0);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      throw new Error(`An answer has no Content-Length:\n${head}`);
    }
    this.#status = Number(head.slice(9, 12));
    this.#missing = Number(length);
    this.#readBody(known.length - end - HEAD_END.length);
  }

  #readBody(size: number): void {
    this.#missing = (this.#missing ?? 0) - size;
    if (this.#missing < 0) {
      throw new Error('An answer is longer than its Content-Length.');
    }
    if (this.#missing === 0) {
      this.#missing = undefined;
      this.#listener.onAnswer(this.#status);
    }
  }
}
