import type { Rule } from '../rule.ts';
import { quorumEvenSize } from './quorum-even-size.ts';

export const REPLICATION_RULES: readonly Rule[] = [quorumEvenSize];
