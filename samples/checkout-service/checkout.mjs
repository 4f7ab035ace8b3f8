// @ts-check
// A service that protects its calls with the policies of checkout.resilience.yaml.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { load } from 'faultline';

/**
 * What each call of the service answers, its fallback included.
 *
 * @typedef {{ payments: { status: 'charged' | 'accepted' } }} Answers
 */

const file = fileURLToPath(new URL('checkout.resilience.yaml', import.meta.url));

/** @param {string} paymentsUrl where the payments API is. */
export function createCheckout(paymentsUrl) {
  /** @type {import('faultline').Policies<Answers>} */
  const policies = load(readFileSync(file, 'utf8'), { file, service: 'checkout' });

  /** Charges one order, within the limits of the config. */
  const charge = () =>
    policies.call('payments', async ({ signal }) => {
      const answer = await fetch(paymentsUrl, { method: 'POST', signal });
      // What the breaker and the retry are to see as a failure has to be thrown.
      if (!answer.ok) throw new Error(`Payments answered ${answer.status}`);
      return /** @type {Promise<Answers['payments']>} */ (answer.json());
    });

  const server = createServer(async (_request, response) => {
    const { status } = await charge();
    response.statusCode = status === 'charged' ? 200 : 202;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status, breaker: policies.breaker('payments').state.kind }));
  });
  return { server, policies };
}
