import type { Rule } from '../rule.ts';
import { criticalityInversion } from './criticality-inversion.ts';
import { dependencyCycle } from './dependency-cycle.ts';
import { unknownReference } from './unknown-reference.ts';
import { unusedDefinition } from './unused-definition.ts';

export const GRAPH_RULES: readonly Rule[] = [
  unknownReference,
  unusedDefinition,
  dependencyCycle,
  criticalityInversion,
];
