/**
 * Runs the measurements and prints each with how it was measured. Absolute times belong to the
 * machine; compare them with each other, not with yesterday's.
 */
import { availableParallelism, cpus } from 'node:os';
import { benchAnalysis } from './analysis.ts';
import { benchEditor } from './editor/editor.ts';
import { benchFormats } from './formats.ts';
import { benchPatterns } from './patterns/patterns.ts';
import { benchSimulation } from './simulation/simulation.ts';
import { benchSizes } from './sizes.ts';
import { benchYears } from './years/years.ts';

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`,
);
await benchSizes();
await benchAnalysis();
await benchEditor();
benchFormats();
await benchSimulation();
await benchYears();
await benchPatterns();
