import { shortened } from '../../../text/words.ts';
import type { FormatRule } from '../../format.ts';
import { commandOf } from '../healthcheck.ts';
import type { ComposeWhole } from '../whole.ts';
import { perService, subjectOf } from './per-project.ts';

const OPERATORS = new Set(['||', '&&', '|', ';', '>', '2>&1', '>/dev/null']);

export const composeCheckWithoutShell: FormatRule<ComposeWhole> = {
  id: 'compose-check-without-shell',
  title: 'A health check is written for a shell, and none reads it',
  severity: 'warning',
  evidence: 'file',
  since: '0.1.0',
  documentation: `
\`CMD\` starts a program with the words behind it as they are. \`||\` and \`exit\` are two more arguments, a
whole command line in one word is the name of a program that there is not, and \`$$NAME\` stays
\`$NAME\`. Such a check fails whatever the container does, or passes whatever it does.

**Fires when** a \`healthcheck\` with \`CMD\` has a shell's operator as a word, or one word that holds a whole
command line. A variable that nobody expands is information, for some programs do not need it.

**Fix** Write \`CMD-SHELL\` and the command as one text.

**Source** Compose specification, \`healthcheck\`; moby, \`daemon/health.go\`.
`,
  check: (whole) =>
    perService(whole, function* (service) {
      const { test } = service.healthcheck ?? {};
      if (test?.kind !== 'exec' || commandOf(test) !== undefined) return;
      const found = misreadOf(test.words);
      if (!found) return;
      const command = test.words.join(' ');
      yield {
        subject: subjectOf('check', service),
        ...(found.isMinor && { severity: 'info' as const }),
        message: `The health check of '${service.name}' is run without a shell: ${found.what}. Write CMD-SHELL and '${shortened(command)}' as one text.`,
        at: test.at,
        fixes: [
          {
            title: 'Let a shell run it: CMD-SHELL',
            safe: false,
            changes: [{ kind: 'replace', at: test.at, value: ['CMD-SHELL', command] }],
          },
        ],
      };
    }),
};

function misreadOf(
  words: readonly string[],
): { readonly what: string; readonly isMinor?: boolean } | undefined {
  const [program = '', ...rest] = words;
  const operator = rest.find((word) => OPERATORS.has(word));
  if (operator !== undefined) {
    return { what: `'${operator}' is one more argument of '${shortened(program)}'` };
  }
  if (program === 'exit') return { what: `there is no program 'exit'` };
  if (rest.length === 0 && /\s-|\s\S+\s/.test(program.trim())) {
    return { what: `it looks for a program named '${shortened(program)}'` };
  }
  const variable = rest.find((word) => /\$\$\{?[A-Za-z_]/.test(word));
  if (variable === undefined) return undefined;
  const literal = variable.replaceAll('$$', () => '$');
  return {
    what: `'${shortened(program)}' is given the text '${shortened(literal)}', not the value of a variable`,
    isMinor: true,
  };
}
