// A service that protects its calls with the policies of checkout.resilience.yaml.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { load } from 'faultline';
import { createPayments } from './payments.mjs';

const file = fileURLToPath(new URL('checkout.resilience.yaml', import.meta.url));

/** @param {string} paymentsUrl where the payments API is. */
export function createCheckout(paymentsUrl) {
  const policies = load(readFileSync(file, 'utf8'), { file, service: 'checkout' });

  /** Charges one order, within the limits of the config. */
  const charge = () =>
    policies.call('payments', async ({ signal }) => {
      const answer = await fetch(paymentsUrl, { method: 'POST', signal });
      // What the breaker and the retry are to see as a failure has to be thrown.
      if (!answer.ok) throw new Error(`Payments answered ${answer.status}`);
      return answer.json();
    });

  const server = createServer(async (_request, response) => {
    const { status } = await charge();
    response.statusCode = status === 'charged' ? 200 : 202;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status, breaker: policies.breaker('payments').state.kind }));
  });
  return { server, policies };
}

// Run by hand: an order every 100 ms, while payments answer, hang, answer, fail and answer again.
if (argv[1] === fileURLToPath(import.meta.url)) {
  const behaviour = { mode: 'answer' };
  const payments = createPayments(behaviour).listen(0, '127.0.0.1');
  await new Promise((resolve) => payments.once('listening', resolve));
  const { server } = createCheckout(`http://127.0.0.1:${payments.address().port}`);
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  for (const mode of ['answer', 'hang', 'answer', 'fail', 'answer']) {
    behaviour.mode = mode;
    for (let order = 0; order < 20; order += 1) {
      const startedAtMs = performance.now();
      const answer = await fetch(`http://127.0.0.1:${server.address().port}`, { method: 'POST' });
      const { status, breaker } = await answer.json();
      const tookMs = Math.round(performance.now() - startedAtMs);
      console.log(`payments ${mode}: ${status} after ${tookMs} ms, breaker ${breaker}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  server.closeAllConnections();
  payments.closeAllConnections();
  server.close();
  payments.close();
}
