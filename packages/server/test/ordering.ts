/** Orders for the tests that are about them, with organizations to order for: made over HTTP. */
import assert from 'node:assert/strict';
import type { InboxMailList, Order, OrderCreated, OrderValidation } from '@orgvet/contract';
import { type Answer, organizationBody, type TestServer } from './harness.ts';
import { listEvents } from './people.ts';

let made = 0;
/** A name that no other organization has. */
export function nextOrganizationName(): string {
  made += 1;
  return `Ordering ${made} Ltd`;
}

/** What can be ordered without naming anybody, and what needs somebody who approves. */
export const OV = 'ssl_plus';
export const EV = 'ssl_ev_plus';

export const CERTIFICATE = { common_name: 'example.com' };

/** What tests do again and again, on one server; by its administrator unless told otherwise. */
export function orderingOf(server: TestServer) {
  /** Sends an order for an organization, by its id or with what is given of it. */
  const order = async (
    product: string,
    organization: number | object,
    changes: object = {},
    key = server.administrator,
  ): Promise<Answer> => {
    const named = typeof organization === 'number' ? { id: organization } : organization;
    const body = { certificate: CERTIFICATE, organization: named, ...changes };
    return await server.send('POST', `/order/certificate/${product}`, { key, body });
  };
  /** Sends a request below the paths of test accounts, which no wire of the vendor's has. */
  const control = async (method: string, path: string, body?: object) =>
    await fetch(`${server.origin}/control/v1${path}`, {
      method,
      headers: { 'X-DC-DEVKEY': server.administrator },
      ...(body && { body: JSON.stringify(body) }),
    });
  const show = async <Body>(path: string, key = server.administrator): Promise<Body> => {
    const answer = await server.send('GET', path, { key });
    assert.equal(answer.status, 200, answer.text);
    return answer.json<Body>();
  };
  return {
    order,
    control,
    show,

    /** Makes an order. @returns what was answered */
    async place(...given: Parameters<typeof order>): Promise<OrderCreated> {
      const answer = await order(...given);
      assert.equal(answer.status, 201, answer.text);
      return answer.json<OrderCreated>();
    },

    /** Makes an organization that nobody has validated. @returns its id */
    async makeOrganization(
      changes: Record<string, unknown> = {},
      key = server.administrator,
    ): Promise<number> {
      const body = organizationBody({ name: nextOrganizationName(), ...changes });
      const answer = await server.send('POST', '/organization', { key, body });
      assert.equal(answer.status, 201, answer.text);
      return answer.json<{ id: number }>().id;
    },

    async showOrder(id: number, key?: string): Promise<Order> {
      return await show<Order>(`/order/certificate/${id}`, key);
    },

    async showValidation(id: number): Promise<OrderValidation> {
      return await show<OrderValidation>(`/order/certificate/${id}/validation`);
    },

    /** Says what has become of an order. */
    async changeStatus(id: number, body: object, key = server.administrator): Promise<Answer> {
      return await server.send('PUT', `/order/certificate/${id}/status`, { key, body });
    },

    /** Completes a validation, as whoever does the work would. */
    async complete(organization_id: number, type: string): Promise<void> {
      const path = `/organization/${organization_id}/validation/${type}`;
      const answer = await control('PUT', path, { status: 'active' });
      assert.equal(answer.status, 204, await answer.text());
    },

    /** The links that people were sent who are to confirm for an organization, newest first. */
    async listLinks(organization_id: number): Promise<string[]> {
      const path = `/mail?filters[organization_id]=${organization_id}`;
      const { mails } = (await (await control('GET', path)).json()) as InboxMailList;
      return mails.flatMap(({ links }) => links);
    },

    /** Follows a link and confirms. */
    async confirm(link: string): Promise<void> {
      const body = new URLSearchParams({ answer: 'confirm' });
      const answer = await fetch(link, { method: 'POST', body });
      assert.equal(answer.status, 200, await answer.text());
    },

    /** What happened to an order, oldest first. */
    async listActions(id: number): Promise<string[]> {
      return (await listEvents(server, 'order', id)).map(({ action }) => action);
    },
  };
}
