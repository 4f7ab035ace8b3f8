import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { commandOf, type Test } from '../healthcheck.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeCheckAlwaysPasses: FormatRule<ComposeWhole> = {
  id: 'compose-check-always-passes',
  title: 'A health check passes whatever happens',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
A container is unhealthy when its check ends with another status than 0. A check that cannot do that
says \`healthy\` of a program that hangs, and lets those start that wait for it.

**Fires when** the command of a \`healthcheck\` ends in \`|| true\`, \`|| exit 0\`, \`; true\` or the like, or is
nothing but \`true\`, \`exit 0\` or \`echo …\`.

**Fix** Let it fail: \`|| exit 1\`.

**Source** Dockerfile reference, \`HEALTHCHECK\`: the status says whether the container is healthy.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { test } = service.healthcheck ?? {};
      if (!test || !('at' in test)) return;
      const why = reasonOf(test);
      if (why === undefined) return;
      yield {
        subject: subjectOf('check', service),
        message: `The health check of '${service.name}' never fails: ${why}. It says 'healthy' of a program that hangs. Let it end with 1 when it should.`,
        at: test.at,
      };
    }),
};

function reasonOf(test: Test): string | undefined {
  const command = commandOf(test)?.trim();
  if (command !== undefined) {
    const [ending] = /(?:\|\||;)\s*(?:true|:|exit\s+0)\s*;?$/.exec(command) ?? [];
    if (ending !== undefined) return `it ends in '${ending}'`;
    const isNothing = /^(?:true|:|exit\s+0)$/.test(command) || /^echo\b[^|&;$`<>]*$/.test(command);
    return isNothing ? `'${shortened(command)}' is all that it runs` : undefined;
  }
  if (test.kind !== 'exec') return undefined;
  const [program = ''] = test.words;
  return /^(?:\/(?:usr\/)?bin\/)?(?:true|echo)$/.test(program)
    ? `'${program}' is all that it runs`
    : undefined;
}
