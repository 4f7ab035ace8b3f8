import type { Rule } from '../rule.ts';
import { unknownReference } from './unknown-reference.ts';
import { unusedDefinition } from './unused-definition.ts';

export const GRAPH_RULES: readonly Rule[] = [unknownReference, unusedDefinition];
