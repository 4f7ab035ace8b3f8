import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

export const composeCheckWordsDropped: FormatRule<ComposeWhole> = {
  id: 'compose-check-words-dropped',
  title: 'A health check runs only the first of its words',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`CMD-SHELL\` hands one text to \`sh -c\`. Further items of the list are arguments of the shell, not of the
command: \`["CMD-SHELL", "curl", "-f", "http://localhost"]\` runs \`curl\` without any.

**Fires when** a \`healthcheck\` with \`CMD-SHELL\` has more than one word behind it.

**Fix** Write the command as one text, or \`CMD\` in place of \`CMD-SHELL\`.

**Source** moby, \`daemon/health.go\`: the words are put behind those of the shell.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { test } = service.healthcheck ?? {};
      if (test?.kind !== 'shell' || test.dropped.length === 0) return;
      // A command that reads its arguments knows of them.
      if (/\$(?:\$)?[0-9@*]/.test(test.command)) return;
      const command = [test.command, ...test.dropped].join(' ');
      yield {
        subject: subjectOf('check', service),
        message: `The health check of '${service.name}' runs '${shortened(test.command)}' alone: CMD-SHELL takes one text, and '${shortened(test.dropped.join(' '))}' behind it is not part of the command. Write '${shortened(command)}' as one text.`,
        at: test.at,
        fixes: [
          {
            title: 'Make one text of it',
            safe: false,
            changes: [{ kind: 'replace', at: test.at, value: ['CMD-SHELL', command] }],
          },
        ],
      };
    }),
};
