import type { Fault, Model } from '../../model/model.ts';
import { placeId } from '../../model/place-id.ts';
import { defaultNote } from '../../model/source.ts';
import { formatDuration } from '../../time/index.ts';
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
a fault lasts for 0, or nothing is other than usual: a degradation says neither an \`errorRate\` nor a
\`latency\` above 0 nor a \`capacity\` below 100 %, or a \`factor\` is 1.

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

function judge(fault: Fault, { simulation: { durationMs } }: Model) {
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
  if (fault.kind !== 'degrade') return undefined;
  const { addedLatencyMs, capacityShare, errorRate, target } = fault;
  const isWeaker = capacityShare !== undefined && capacityShare.value < 1;
  if (errorRate?.value || addedLatencyMs?.value || isWeaker) return undefined;
  return {
    message: `'${target.value}' is degraded, but nothing gets worse: say an errorRate, a latency or a capacity.`,
    at: target.source.at,
  };
}
