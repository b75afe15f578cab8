/**
 * A child process that is the baseline of HTTP: bare `node:http` that answers every request with a fixed
 * body, or with `JSON.stringify` of an object that is ready.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface BaselineHttpPlan {
  readonly status: number;
  /** The JSON text to answer with. */
  readonly body: string;
  /** Whether the body is rendered for each answer from the object that it stands for. */
  readonly stringifies: boolean;
}

process.once('message', ({ status, body, stringifies }: BaselineHttpPlan) => {
  const fixed = Buffer.from(body);
  const ready: unknown = JSON.parse(body);
  const makeBody = stringifies ? () => Buffer.from(JSON.stringify(ready)) : () => fixed;
  const server = createServer((request, response) => {
    const answer = () => {
      const bytes = makeBody();
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': bytes.length,
      });
      response.end(bytes);
    };
    if (request.method === 'POST') {
      // Nobody can answer a create without having its body.
      request.resume().on('end', answer);
    } else {
      answer();
    }
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
});
