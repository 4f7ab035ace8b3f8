import { numberText } from '../../text/words.ts';
import { layersOf, multiplierOf } from '../facts/amplification.ts';
import { type CallSite, callSites } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const retryAmplification: Rule<'many' | 'tooMany'> = {
  id: 'retry-amplification',
  title: 'Retries at several layers multiply',
  severity: 'warning',
  evidence: 'graph',
  since: '0.1.0',
  parameters: {
    many: {
      title: 'from how many requests on it is a warning',
      default: 10,
      minimum: 1,
    },
    tooMany: {
      title: 'from how many requests on it is an error',
      default: 50,
      minimum: 1,
    },
  },
  absorbs: ['retry-budget-missing', 'retry-around-failover'],
  documentation: `
When each of several layers retries, the tries multiply: four at each of three layers make 64 requests
at the bottom out of one at the top, just when what is at the bottom fails and can least bear it.

**Fires when** one request can become more than 10 at a callee (error from 50 on), along the path that
multiplies most, when everything fails: tries, copies of hedges, and tries of a group's \`failover\`. A
retry budget counts as what it allows.

**Fix** Retry at one layer only, mostly the one right above what fails, or give the policies budgets.

**Source** AWS Builders' Library (3⁵ = 243); Google SRE, "Addressing cascading failures" (4³ = 64).
`,
  *check(model, { many, tooMany }) {
    for (const site of callSites(model)) {
      const own = multiplierOf(site);
      if (own.times === 1) continue;
      const layers = layersOf(model);
      const above = layers.timesAt(site.caller);
      const times = above * own.times;
      // Endless in a circle of calls, which is another matter; and told at the last layer.
      if (above === 1 || !Number.isFinite(times) || times <= many) continue;
      if (layers.multipliesBelow(site.callee)) continue;
      const path = [...layers.pathTo(site.caller), site].filter(
        (one) => multiplierOf(one).times > 1,
      );
      yield {
        subject: site.retry ? `retry ${site.retry.name}` : site.subject,
        severity: times >= tooMany ? 'error' : 'warning',
        message: `One request can become ${numberText(times)} requests to '${site.call.to.value}' when '${site.call.to.value}' fails: ${path.map(layerText).join(', ')}. Retry at one of these layers only, or limit the retries by a budget.`,
        at: placeOf(site),
        related: path.slice(0, -1).map((one) => ({
          message: `${layerText(one)}.`,
          at: placeOf(one),
        })),
      };
    }
  },
};

function layerText(site: CallSite): string {
  return `${site.text} × ${multiplierOf(site).text}`;
}

function placeOf({ call }: CallSite) {
  return call.retry?.source.at ?? call.hedge?.at ?? call.to.source.at;
}
