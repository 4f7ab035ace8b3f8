import type { Fault, Model, Worse } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
import { type CallSite, callSites } from '../facts/calls.ts';
import type { Rule } from '../rule.ts';

export const faultHasNoEffect: Rule = {
  id: 'fault-has-no-effect',
  title: 'A fault of a scenario changes nothing',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A scenario whose fault does not happen, or changes nothing, passes every time and proves nothing.

**Fires when** a fault begins when the simulation has ended (\`at\` is no less than \`simulation.duration\`),
a fault lasts for 0, or nothing is other than usual: a degradation, or what comes back slowly, says neither an \`errorRate\` nor a
\`latency\` above 0 nor a \`capacity\` below 100 %, a \`factor\` is 1, or a clock jumps
that nothing of the service's calls looks at, or jumps by 0.

**Fix** Let it begin earlier or simulate for longer; say what gets worse, and for how long.
`,
  *check(model) {
    for (const scenario of model.scenarios.values()) {
      for (const fault of scenario.faults) {
        const finding = fault.doubtful ? undefined : judge(fault, model);
        if (!finding) continue;
        yield { subject: `fault at ${placeId(fault.at)}`, ...finding };
      }
    }
  },
};

function judge(fault: Fault, model: Model) {
  const { durationMs } = model.simulation;
  if (fault.atMs.value >= durationMs.value) {
    return {
      message: `This happens after ${formatDuration(fault.atMs.value)}, but the simulation ends after ${formatDuration(durationMs.value)}${defaultNote(durationMs)}. Let it happen earlier, or set simulation.duration to ${formatDuration(2 * fault.atMs.value)}.`,
      at: fault.atMs.source.at,
    };
  }
  if (fault.kind === 'random-failures') return undefined;
  if (fault.forMs?.value === 0) {
    return {
      message: 'This lasts for no time at all. Say for how long.',
      at: fault.forMs.source.at,
    };
  }
  if ((fault.kind === 'surge' || fault.kind === 'slow-recovery') && fault.factor.value === 1) {
    return { message: 'A factor of 1 changes nothing.', at: fault.factor.source.at };
  }
  if (fault.kind === 'clock-jump') return judgeJump(fault, model);
  if (fault.kind === 'fail' || fault.kind === 'fail-domain') {
    if (!fault.slowReturn || isWorse(fault.slowReturn)) return undefined;
    return {
      message: `'${fault.target.value}' comes back slowly, but nothing is worse at first: say an errorRate, a latency or a capacity.`,
      at: fault.slowReturn.recoverOverMs.source.at,
    };
  }
  if (fault.kind !== 'degrade' || isWorse(fault)) return undefined;
  const { target } = fault;
  return {
    message: `'${target.value}' is degraded, but nothing gets worse: say an errorRate, a latency or a capacity.`,
    at: target.source.at,
  };
}

function isWorse({ addedLatencyMs, capacityShare, errorRate }: Worse): boolean {
  const isWeaker = capacityShare !== undefined && capacityShare.value < 1;
  return Boolean(errorRate?.value || addedLatencyMs?.value) || isWeaker;
}

function judgeJump({ byMs, target }: Fault & { kind: 'clock-jump' }, model: Model) {
  if (byMs.value === 0) return { message: 'This jumps by no time at all.', at: byMs.source.at };
  const sites = callSites(model).filter(({ caller }) => caller.name === target.value);
  if (!model.services.has(target.value) || sites.some(keepsTime)) return undefined;
  return {
    message: `No call of '${target.value}' has a breaker, a rate limiter, an adaptive limit, a retry budget of the last 10s or a cache, so nothing looks at its clock.`,
    at: target.source.at,
  };
}

/** Whether a policy of the call looks at the clock; timers that were armed do not. */
function keepsTime({ breaker, call, retry }: CallSite): boolean {
  const { cache, concurrencyLimit, fallback, rateLimiter } = call;
  const hasWindow = retry?.budget !== undefined && !retry.budgetBurst;
  const remembers = cache ?? fallback?.steps.some(({ kind }) => kind === 'cache');
  return Boolean(breaker ?? rateLimiter ?? concurrencyLimit ?? remembers) || hasWindow;
}
