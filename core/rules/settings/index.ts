import type { Rule } from '../rule.ts';
import { settingHasNoEffect } from './setting-has-no-effect.ts';

export const SETTING_RULES: readonly Rule[] = [settingHasNoEffect];
