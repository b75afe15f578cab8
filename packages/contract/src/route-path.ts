/** Where operations stand on the server. Apart from the schemas: clients need it at run time. */
import type { Route } from './route.ts';

/** Below which the vendor's operations stand. */
export const BASE_PATH = '/services/v2';

/**
 * Below which operations stand: the vendor's, Orgvet's own for those who look after organizations, and
 * those that only test accounts have, and what signs people in.
 */
export type BasePath = typeof BASE_PATH | '/vetting/v1' | '/control/v1' | '/access/v1';

/** The path of an operation, from the root of the server. */
export function fullPathOf({ base_path = BASE_PATH, path }: Route): string {
  return `${base_path}${path}`;
}
