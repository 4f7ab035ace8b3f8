// @ts-check
// The dependency: a payments API that can be told to fail or to hang.
import { createServer } from 'node:http';

/**
 * What the API does; may be changed at any time.
 *
 * @typedef {{ mode: 'answer' | 'fail' | 'hang' }} Behaviour
 */

/** @param {Behaviour} behaviour */
export function createPayments(behaviour) {
  return createServer((_request, response) => {
    switch (behaviour.mode) {
      case 'answer':
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ status: 'charged' }));
        break;
      case 'fail':
        response.statusCode = 503;
        response.end();
        break;
      case 'hang':
        // No answer at all, until the caller hangs up.
        break;
    }
  });
}
