import type { Model, Service } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import { numberText } from '../../text/words.ts';
import { formatDuration, formatPercent } from '../../time/index.ts';
import { latencyText, ownLatency, shareSlower } from '../facts/latency.ts';
import type { Rule } from '../rule.ts';

export const latencyObjectiveUnreachable: Rule = {
  id: 'latency-objective-unreachable',
  title: 'A latency objective asks for less than the work takes',
  severity: 'error',
  evidence: 'numbers',
  since: '0.1.0',
  documentation: `
An answer cannot come before the service that gives it has done its own work. When that alone takes
longer than the objective for too many requests, nothing else in the file can keep it.

**Fires when** the traffic and the latency of the services with traffic are written, and the share of
answers that take longer than \`p50\`, \`p95\` or \`p99\` allows is larger than 50 %, 5 % or 1 %, reckoned by
their own work alone.

**Fix** Promise what can be kept, or make the work shorter.
`,
  *check(model) {
    const { latencyP50Ms, latencyP95Ms, latencyP99Ms } = model.objectives;
    const objectives = [
      { name: 'p99', allowed: 0.01, limit: latencyP99Ms },
      { name: 'p95', allowed: 0.05, limit: latencyP95Ms },
      { name: 'p50', allowed: 0.5, limit: latencyP50Ms },
    ];
    for (const { allowed, limit, name } of objectives) {
      const late = limit && lateShare(model, limit);
      if (!limit || !late || late.share <= allowed) continue;
      yield {
        subject: `objective ${name}`,
        message: `The objective ${name} of ${formatDuration(limit.value)} allows ${numberText(100 * allowed)}% of the answers to take longer, but ${formatPercent(late.share)} do by the work of '${late.worst.name}'${late.isShared ? ' and others' : ''} alone (${latencyText(late.worst.latency.value)}). Promise what can be kept, or make the work shorter.`,
        at: limit.source.at,
        related: [
          { message: `The latency of '${late.worst.name}'.`, at: late.worst.latency.source.at },
        ],
      };
    }
  },
};

/** Which share of all answers is later than a limit at least, and who is most to blame. */
function lateShare(model: Model, { value: limitMs }: Sourced<number>) {
  const parts: { service: Service; late: number }[] = [];
  let total = 0;
  for (const service of model.services.values()) {
    const rate = service.ratePerSecond?.value;
    if (rate === undefined) continue;
    total += rate;
    const latency = service.doubtful ? undefined : ownLatency(service);
    if (latency) parts.push({ service, late: rate * shareSlower(latency.value, limitMs) });
  }
  const late = parts.filter((part) => part.late > 0).sort((a, b) => b.late - a.late);
  const [first] = late;
  if (!first) return undefined;
  const sum = late.reduce((all, part) => all + part.late, 0);
  return { share: sum / total, worst: first.service, isShared: late.length > 1 };
}
