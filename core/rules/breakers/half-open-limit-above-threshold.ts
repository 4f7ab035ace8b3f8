import { defaultNote } from '../../model/source.ts';
import { plural } from '../../text/words.ts';
import { setTo } from '../facts/setting-fix.ts';
import type { Rule } from '../rule.ts';

export const halfOpenLimitAboveThreshold: Rule = {
  id: 'half-open-limit-above-threshold',
  title: 'A half-open breaker lets through more trials than it needs',
  severity: 'info',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`successThreshold\` successes close a half-open breaker. More trials than that at once tell it nothing
more; they only add load to a callee that may not be back yet, and each is a request that may fail.

**Fires when** \`halfOpenLimit\` is above \`successThreshold\`.

**Fix** Lower \`halfOpenLimit\`, or leave it out: it is then the same as \`successThreshold\`.
`,
  *check(model) {
    for (const { doubtful, halfOpenLimit, name, successThreshold } of model.breakers.values()) {
      if (doubtful || !halfOpenLimit) continue;
      const more = halfOpenLimit.value - successThreshold.value;
      if (more <= 0) continue;
      yield {
        subject: `trials of ${name}`,
        message: `${plural(successThreshold.value, 'success', 'successes')}${defaultNote(successThreshold)} ${successThreshold.value === 1 ? 'closes' : 'close'} breaker '${name}', but halfOpenLimit lets ${halfOpenLimit.value} trials through at once: ${more === 1 ? 'the other one only adds' : `the other ${more} only add`} load to a callee that may not be back. Lower it to ${successThreshold.value}.`,
        at: halfOpenLimit.source.at,
        fixes: setTo('halfOpenLimit', halfOpenLimit, successThreshold.value),
      };
    }
  },
};
