import { defaultNote } from '../../model/source.ts';
import { faultToleranceLevel } from '../../patterns/index.ts';
import { plural } from '../../text/words.ts';
import { formatDuration } from '../../time/index.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';
import { actives, available, judgedGroups, standbys } from './group-facts.ts';

export const levelDependsOnColdStandby: Rule = {
  id: 'level-depends-on-cold-standby',
  title: 'The fault-tolerance level counts standbys that are off',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
The fault-tolerance level counts every standby, whether it runs or not. A cold one is off: it serves
only after it has been started, and nobody knows whether it starts until it has to.

**Fires when** the level is HIGH, \`standbyMode\` is \`cold\`, and the actives alone would be MEDIUM or
LOW.

**Fix** Let the standbys run (\`warm\` or \`hot\`), or read the level as what holds after \`activation\`.
`,
  *check(model) {
    for (const group of judgedGroups(model)) {
      const { activationMs, minHealthy, name, standbyMode } = group;
      const cold = standbys(group).length;
      const running = actives(group).length;
      if (standbyMode.value !== 'cold' || cold === 0) continue;
      const level = faultToleranceLevel(running, minHealthy.value);
      if (faultToleranceLevel(available(group), minHealthy.value) !== 'HIGH') continue;
      if (level === 'HIGH') continue;
      // One that is said to start at once is as good as one that runs.
      if (activationMs.source.kind === 'explicit' && activationMs.value === 0) continue;
      const start =
        activationMs.source.kind === 'explicit'
          ? `${formatDuration(activationMs.value)} after it is promoted`
          : "after it has been started, and 'activation' does not say how long that takes";
      yield {
        subject: name,
        message: `'${name}' is HIGH only because ${plural(cold, 'cold standby', 'cold standbys')} ${cold === 1 ? 'counts' : 'count'}. What runs is ${level}: ${plural(running, 'active')}, minHealthy ${minHealthy.value}${defaultNote(minHealthy)}. A cold standby serves only ${start}. Make standbyMode warm or hot if that is too late.`,
        at: standbyMode.source.at,
        fixes: setTo('standbyMode', standbyMode, 'warm'),
      };
    }
  },
};
