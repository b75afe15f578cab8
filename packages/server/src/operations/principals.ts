/** From what is stored of whoever asks, by a key or a session, to what every operation is told of them. */
import { listWithDescendants } from '../domain/containers.ts';
import { listAppointmentsOfUser } from '../store/appointments.ts';
import { listContainers } from '../store/containers.ts';
import type { Handle } from '../store/database.ts';
import type { Holder } from '../store/holders.ts';
import { listIpRulesFor } from '../store/ip-rules.ts';
import { listContainersOfUser } from '../store/user-containers.ts';
import type { Principal } from './context.ts';

const NO_RULES: Principal['ip_rules'] = [];
const NO_APPOINTMENTS: Principal['appointments'] = [];

/** What they ask by: a key or a session, and 0 for the other. */
type Means = Pick<Principal, 'account_id' | 'api_key_id' | 'session_id' | 'restricted_to_role_id'>;

export async function readPrincipal(
  reader: Handle,
  holder: Holder,
  { account_id, api_key_id, session_id, restricted_to_role_id }: Means,
): Promise<Principal> {
  const { user_id } = holder;
  const visible_container_ids =
    holder.has_container_assignments === 1
      ? await listVisibleContainerIds(reader, account_id, user_id)
      : undefined;
  const ip_rules =
    holder.has_ip_rules === 1
      ? await listIpRulesFor(reader, account_id, user_id, api_key_id)
      : NO_RULES;
  const appointments =
    holder.has_appointments === 1
      ? await listAppointmentsOfUser(reader, account_id, user_id)
      : NO_APPOINTMENTS;
  return {
    account_id,
    mode: holder.mode,
    clock_offset_ms: holder.clock_offset_ms,
    duplicate_policy: holder.duplicate_policy,
    primary_organization_id: holder.primary_organization_id,
    user_id,
    access_role_id: holder.access_role_id,
    container_id: holder.container_id,
    api_key_id,
    session_id,
    restricted_to_role_id,
    ...(visible_container_ids !== undefined && { visible_container_ids }),
    ip_rules,
    appointments,
  };
}

/** What a restricted user sees: the containers of the restriction and those below them. */
async function listVisibleContainerIds(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<number[]> {
  const assigned = await listContainersOfUser(handle, account_id, user_id);
  return listWithDescendants(await listContainers(handle, account_id), assigned);
}
