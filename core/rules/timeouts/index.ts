import type { Rule } from '../rule.ts';
import { timeoutInverted } from './timeout-inverted.ts';

export const TIMEOUT_RULES: readonly Rule[] = [timeoutInverted];
