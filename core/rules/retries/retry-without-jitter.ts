import type { Model } from '../../model/model.ts';
import { type CallSite, usesOf } from '../facts/calls.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const retryWithoutJitter: Rule = {
  id: 'retry-without-jitter',
  title: 'Clients that failed together retry together',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A failure hits all clients at the same moment. Without jitter they all wait equally long and come back
at the same moments, again and again: waves of load that keep down what tries to come up.

**Fires when** \`jitter\` is \`none\`, the policy makes at least two attempts, and several clients use it:
more than one service, or a service with more than one instance or a redundancy group of several.

**Fix** Use \`jitter: full\`, which is the default.

**Source** Brooker, "Exponential Backoff And Jitter" (AWS, 2015); Google SRE: always randomise.
`,
  *check(model) {
    const uses = usesOf(model);
    for (const policy of model.retries.values()) {
      const { attempts, doubtful, jitter, name } = policy;
      if (doubtful || jitter.value !== 'none' || attempts.value < 2) continue;
      const clients = clientsText(model, uses.get(policy) ?? []);
      if (!clients) continue;
      yield {
        subject: `retry ${name}`,
        message: `Retry policy '${name}' has no jitter: ${clients} fail together and then retry together, in waves. Use jitter: full.`,
        at: jitter.source.at,
        fixes: setTo('jitter', jitter, 'full'),
      };
    }
  },
};

/** Who retries at the same moments; nobody else when there is only one client. */
function clientsText(model: Model, sites: readonly CallSite[]): string | undefined {
  const callers = new Set(sites.map(({ caller }) => caller));
  for (const { instances, name, runsOn } of callers) {
    const members = runsOn && model.groups.get(runsOn.value);
    const processes = Math.max(
      instances.value,
      members?.members.filter(({ role }) => role === 'active').length ?? 1,
    );
    if (processes > 1) return `the ${processes} instances of '${name}'`;
  }
  const [first, second] = callers;
  return first && second ? `'${first.name}' and '${second.name}'` : undefined;
}
