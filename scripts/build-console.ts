/** `npm run build`: builds the console into the server's package, unless it is built of these very files. */
import { buildConsole } from './console-build.ts';

const { isNew, duration_ms } = await buildConsole();
console.log(
  isNew
    ? `The console was built in ${(duration_ms / 1000).toFixed(1)} s.`
    : 'The console is built.',
);
