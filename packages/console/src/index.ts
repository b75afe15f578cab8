/** Where the pages are that the server gives to browsers. */
import { fileURLToPath } from 'node:url';

export const START_PAGE_DIRECTORY = fileURLToPath(new URL('../pages', import.meta.url));
