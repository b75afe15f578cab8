/**
 * The console: files that were built before the server started. It has its own addresses for every page,
 * and the server answers all of them with the same document. Knows nothing of what is in it.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendNotFound } from './errors.ts';

/** Where the build puts it, in this package. */
const DIRECTORY = fileURLToPath(new URL('../../console', import.meta.url));

/** What stands in the document where a nonce belongs. */
const NONCE_PLACE = '{{nonce}}';
const NONCE_SIZE_BYTES = 16;

/** Below these no page of the console ever is: what is not there is answered as the API does. */
const NOT_PAGES = /^\/(services|vetting|control|access|assets)(\/|$)/;

/** Names of built files have a hash of their content, so a file never changes. */
const FOREVER = 'public,max-age=31536000,immutable';

export async function serveConsole(server: FastifyInstance): Promise<void> {
  const document = readDocument();
  if (document !== undefined) {
    await server.register(fastifyStatic, {
      root: join(DIRECTORY, 'assets', 'console'),
      prefix: '/assets/console/',
      decorateReply: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply) => reply.header('cache-control', FOREVER),
    });
  }
  server.get('/', (_request, reply) => sendDocument(reply, document));
  // Not a route for all that is left: what has an answer of its own for what is not there keeps it.
  server.setNotFoundHandler((request, reply) => {
    if (isPageAsked(request)) {
      sendDocument(reply, document);
    } else {
      sendNotFound(reply);
    }
  });
}

function sendDocument(reply: FastifyReply, document: string | undefined): FastifyReply {
  if (document === undefined) {
    return sendHtml(reply.code(503), NOT_BUILT, '');
  }
  const nonce = randomBytes(NONCE_SIZE_BYTES).toString('base64url');
  return sendHtml(reply.code(200), document.replaceAll(NONCE_PLACE, nonce), nonce);
}

function readDocument(): string | undefined {
  const file = join(DIRECTORY, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Somebody went to an address by a browser; a program that asks for what is not there gets an error. */
function isPageAsked({ method, url, headers }: FastifyRequest): boolean {
  const [path = ''] = url.split('?');
  const isReading = method === 'GET' || method === 'HEAD';
  return isReading && headers.accept?.includes('text/html') === true && !NOT_PAGES.test(path);
}

function sendHtml(reply: FastifyReply, html: string, nonce: string): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', renderPolicy(nonce))
    .header('referrer-policy', 'same-origin')
    .header('cross-origin-opener-policy', 'same-origin')
    .send(html);
}

/** Scripts only as files of this server, styles as such or with the nonce, nothing from elsewhere. */
function renderPolicy(nonce: string): string {
  const styles = nonce === '' ? "'self'" : `'self' 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Orgvet</title>
<h1>The console is not built</h1>
<p>Run <code>npm run build</code> where Orgvet's sources are, and start it again. The API is running:
see its <a href="/docs">reference</a>.</p></html>
`;
