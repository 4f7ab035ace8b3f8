import type { Rule } from '../rule.ts';
import { faultHasNoEffect } from './fault-has-no-effect.ts';

export const SCENARIO_RULES: readonly Rule[] = [faultHasNoEffect];
