import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createCheckout } from '../../samples/checkout-service/checkout.mjs';
import { createPayments } from '../../samples/checkout-service/payments.mjs';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The service and its dependency, really running, on loopback. */
async function start() {
  const behaviour: { mode: 'answer' | 'fail' | 'hang' } = { mode: 'answer' };
  const payments = createPayments(behaviour);
  let asked = 0;
  payments.on('request', () => {
    asked += 1;
  });
  const { server, policies } = createCheckout(await listen(payments));
  const url = await listen(server);
  const order = async () => {
    const answer = await fetch(url, { method: 'POST' });
    return {
      code: answer.status,
      ...((await answer.json()) as { status: string; breaker: string }),
    };
  };
  return { behaviour, order, policies, asked: () => asked };
}

/** Orders until the breaker is in this state. */
async function orderUntil(
  state: string,
  order: () => Promise<{ code: number; breaker: string }>,
): Promise<readonly number[]> {
  const codes: number[] = [];
  for (;;) {
    const { breaker, code } = await order();
    codes.push(code);
    if (breaker === state) return codes;
  }
}

describe('the checkout service, over real HTTP', () => {
  it('charges while payments answer', async () => {
    const { order } = await start();
    expect(await order()).toEqual({ code: 200, status: 'charged', breaker: 'closed' });
  });

  it('takes orders while payments hang, and soon without asking them', async () => {
    const { asked, behaviour, order } = await start();
    behaviour.mode = 'hang';
    expect(await orderUntil('open', order)).toEqual([202, 202]);
    const before = asked();
    expect(await order()).toEqual({ code: 202, status: 'accepted', breaker: 'open' });
    expect(asked()).toBe(before);
  });

  it('takes orders while payments fail, and charges again when they are back', async () => {
    const { behaviour, order, policies } = await start();
    const changes: string[] = [];
    policies.subscribe((event) => {
      if (event.kind === 'state-changed') changes.push(`${event.from} > ${event.to}`);
    });
    behaviour.mode = 'fail';
    await orderUntil('open', order);
    behaviour.mode = 'answer';
    const codes = await orderUntil('closed', order);
    expect(codes.at(-1)).toBe(200);
    expect(changes).toEqual(['closed > open', 'open > half-open', 'half-open > closed']);
  });

  it('tries a failed charge once more', async () => {
    const { asked, behaviour, order } = await start();
    behaviour.mode = 'fail';
    await order();
    expect(asked()).toBe(2);
  });
});
