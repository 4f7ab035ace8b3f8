// @ts-check
// Orders ten times a second, while payments answer, hang, answer, fail and answer again.
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createCheckout } from './checkout.mjs';
import { createPayments } from './payments.mjs';

/** @type {import('./payments.mjs').Behaviour} */
const behaviour = { mode: 'answer' };
const payments = createPayments(behaviour);
const { server } = createCheckout(await listen(payments));
const checkoutUrl = await listen(server);

for (const mode of /** @type {const} */ (['answer', 'hang', 'answer', 'fail', 'answer'])) {
  behaviour.mode = mode;
  for (let orders = 0; orders < 20; orders += 1) {
    const startedAtMs = performance.now();
    const answer = await fetch(checkoutUrl, { method: 'POST' });
    const { breaker, status } = /** @type {Record<string, string>} */ (await answer.json());
    const tookMs = Math.round(performance.now() - startedAtMs);
    console.log(`payments ${mode}: ${status} after ${tookMs} ms, breaker ${breaker}`);
    await wait(100);
  }
}
for (const one of [server, payments]) {
  one.close();
  one.closeAllConnections();
}

/**
 * @param {import('node:http').Server} one
 * @returns {Promise<string>} where it listens.
 */
async function listen(one) {
  one.listen(0, '127.0.0.1');
  await once(one, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (one.address());
  return `http://127.0.0.1:${address.port}`;
}
