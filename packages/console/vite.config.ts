/**
 * How the console is built: into the server's package, with everything that it needs, and with nothing
 * of the contract but what a browser uses of it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { ROUTES, type Route } from '@orgvet/contract';
import { defineConfig, type Plugin } from 'vite';

/** The tables of the contract that are schemas through and through: a browser needs none of them. */
const ROUTE_TABLE = fileURLToPath(new URL('../contract/src/routes.ts', import.meta.url));

/** The document is not among them: it is different for everybody. */
const COMPRESSIBLE = /\.(js|css|svg)$/;

// biome-ignore lint/style/noDefaultExport: Vite looks for it.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [slimRouteTable(), compress()],
  build: {
    outDir: fileURLToPath(new URL('../server/console', import.meta.url)),
    emptyOutDir: true,
    assetsDir: 'assets/console',
    manifest: 'manifest.json',
    // Everything is a file: the page's policy lets no data through but pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2023',
    reportCompressedSize: false,
    rolldownOptions: {
      // Libraries that say "use client" say it to frameworks that render on servers.
      onLog: (level, log, print) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && print(level, log),
      treeshake: {
        moduleSideEffects: [{ test: /packages\/contract\/|\/typebox\//, sideEffects: false }],
        // What makes schemas: those that a browser has no use for are not made.
        manualPureFunctions: ['Type', 'conditional', 'id', 'oneOf', 'optional', 'text', 'time'],
      },
    },
  },
  server: {
    // While somebody works on the console, an Orgvet beside it answers.
    proxy: Object.fromEntries(
      ['/services', '/vetting', '/control', '/access', '/docs', '/openapi.json', '/readyz'].map(
        (path) => [path, 'http://127.0.0.1:8080'],
      ),
    ),
  },
});

/**
 * Leaves of the route table what the client sends by: method and path. The schemas are four fifths of
 * the contract, and of no use where the server reads everything anyway.
 */
function slimRouteTable(): Plugin {
  const routes = Object.fromEntries(
    Object.entries(ROUTES as Readonly<Record<string, Route>>).map(([name, route]) => {
      const { method, path, base_path } = route;
      return [name, { method, path, base_path, file_max_bytes: route.file_max_bytes }];
    }),
  );
  return {
    name: 'orgvet-slim-route-table',
    enforce: 'pre',
    load(id) {
      if (id !== ROUTE_TABLE) {
        return undefined;
      }
      return [
        "export { BASE_PATH, fullPathOf } from './route-path.ts';",
        `export const ROUTES = ${JSON.stringify(routes)};`,
      ].join('\n');
    },
  };
}

/**
 * Writes each file compressed beside it, so that the server sends what was compressed once, and well. When
 * all are written: until then Vite still has places in them to fill.
 */
function compress(): Plugin {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  return {
    name: 'orgvet-compress',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => COMPRESSIBLE.test(name));
      await Promise.all(
        names.map(async (name) => {
          const path = join(dir, name);
          const bytes = await readFile(path);
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
          await writeFile(`${path}.br`, await brotli(bytes, { params }));
          await writeFile(`${path}.gz`, await zip(bytes, { level: 9 }));
        }),
      );
    },
  };
}
