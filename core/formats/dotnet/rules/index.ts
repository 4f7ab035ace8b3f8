import type { FormatRule } from '../../format.ts';
import type { DotnetWhole } from '../whole.ts';
import { dotnetThroughputByDefault } from './throughput-by-default.ts';
import { dotnetTimesContradict } from './times-contradict.ts';
import { dotnetUnknownSetting } from './unknown-setting.ts';
import { dotnetValueRefused } from './value-refused.ts';

export const DOTNET_RULES: readonly FormatRule<DotnetWhole>[] = [
  dotnetValueRefused,
  dotnetTimesContradict,
  dotnetUnknownSetting,
  dotnetThroughputByDefault,
];
