import type { FailureDomain, RepairCrew, Spread } from '../../model/model.ts';
import type { Sourced } from '../../model/source.ts';
import type { Problem } from '../problem.ts';
import { aboveZero } from './limits.ts';
import { present, type Said, type SectionReader } from './reader.ts';

/** A zone, a region or the network; none without the two times that it is about. */
export function readFailureDomain(
  name: string,
  reader: SectionReader<'FailureDomain'>,
  problems: Problem[],
): Said<FailureDomain> | undefined {
  const repair = reader.section('repair', 'DomainRepair');
  const mtbfMs = aboveZero(reader.duration('mtbf'), 'mtbf', problems);
  const repairMs = repair.duration('time');
  if (!mtbfMs || !repairMs) return undefined;
  return present({
    name,
    nameAt: reader.label,
    mtbfMs,
    lifetime: readSpread(reader),
    repairMs,
    repairSpread: readSpread(repair),
    repairCrew: repair.text('crew'),
  });
}

export function readRepairCrew(
  name: string,
  reader: SectionReader<'RepairCrew'>,
): Said<RepairCrew> {
  return {
    name,
    nameAt: reader.label,
    size: reader.integer('size'),
    inspectionMs: reader.duration('inspection'),
    order: reader.choice('order'),
  };
}

/** What the sections that give a mean time have in common. */
interface SpreadSection {
  choice(key: 'distribution'): Spread['distribution'];
  number(key: 'shape' | 'sigma'): Sourced<number>;
}

/** How times spread that a section gives the mean of. */
export function readSpread(section: SpreadSection): Spread {
  return {
    distribution: section.choice('distribution'),
    shape: section.number('shape'),
    sigma: section.number('sigma'),
  };
}
