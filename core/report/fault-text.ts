import type { Fault } from '../model/model.ts';
import type { Sourced } from '../model/source.ts';
import type { LastingFault } from '../simulation/faults/lasting.ts';
import { numberText } from '../text/words.ts';
import { durationText, percentText } from './text.ts';

/** What a fault of a scenario does, as a clause. */
export function tellFault(fault: Fault): string {
  switch (fault.kind) {
    case 'fail':
      return `${fault.target.value} fails`;
    case 'fail-domain':
      return `${fault.domain} ${fault.target.value} fails`;
    case 'degrade':
      return `${fault.target.value} is degraded`;
    case 'hang':
      return `${fault.target.value} hangs`;
    case 'partition':
      return `the network between ${names(fault.between)} and ${names(fault.and)} is cut`;
    case 'slow-recovery':
      return `recoveries of ${fault.target.value} take ${numberText(fault.factor.value)}× as long`;
    case 'surge':
      return fault.factor.value === 0
        ? `no requests arrive at ${fault.target.value}`
        : `${numberText(fault.factor.value)}× the usual requests arrive at ${fault.target.value}`;
    case 'clock-jump': {
      const { value } = fault.byMs;
      const way = value < 0 ? 'back' : 'forward';
      return `the clock of ${fault.target.value} jumps ${way} by ${durationText(Math.abs(value))}`;
    }
    case 'rollout':
      return `a new version of ${fault.target.value} takes over`;
    case 'random-failures':
      return 'random failures';
  }
}

/** What is the case when it is over. */
export function tellFaultEnd(fault: LastingFault): string {
  switch (fault.kind) {
    case 'hang':
      return `${fault.target.value} no longer hangs`;
    case 'partition':
      return `the network between ${names(fault.between)} and ${names(fault.and)} is mended`;
    case 'slow-recovery':
      return `recoveries of ${fault.target.value} take as long as usual`;
    case 'clock-jump':
      return `the clock of ${fault.target.value} is set right`;
    case 'rollout':
      return `${fault.target.value} is rolled back`;
    case 'surge':
      return `the usual requests arrive at ${fault.target.value}`;
  }
}

/** `: 30% errors, 2s slower, 50% of its capacity`; empty where nothing is worse. */
export function degradationText(worse: {
  readonly errorRate: number | undefined;
  readonly addedLatencyMs: number;
  readonly capacityShare: number;
}): string {
  const { addedLatencyMs, capacityShare, errorRate } = worse;
  const parts = [
    ...(errorRate === undefined ? [] : [`${percentText(errorRate)} errors`]),
    ...(addedLatencyMs > 0 ? [`${durationText(addedLatencyMs)} slower`] : []),
    ...(capacityShare < 1 ? [`${percentText(capacityShare)} of its capacity`] : []),
  ];
  return parts.length > 0 ? `: ${parts.join(', ')}` : '';
}

function names(all: readonly Sourced<string>[]): string {
  return all.map(({ value }) => value).join(', ');
}
