import type { Severity } from '../../core/index.ts';
import { plural, tallyText } from '../../core/report/text.ts';
import type { CheckedFile } from '../read-file.ts';
import { placeIn } from './place.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands, which GitHub Actions shows beside the lines of a change; the last line is for the
 * log.
 */
export function formatGithub(files: readonly CheckedFile[]): string {
  const commands = files.flatMap(({ file, lines, findings }) =>
    findings.map(({ severity, ruleId, message, at }) => {
      const { line, column, endLine, endColumn } = placeIn(lines, at);
      const properties = [
        `file=${property(file)}`,
        `line=${line}`,
        `endLine=${endLine}`,
        // Columns count only within one line.
        ...(line === endLine ? [`col=${column}`, `endColumn=${endColumn}`] : []),
        `title=${property(ruleId)}`,
      ];
      return `::${COMMANDS[severity]} ${properties.join(',')}::${data(message)}`;
    }),
  );
  const findings = files.flatMap((file) => file.findings);
  const tally = findings.length > 0 ? tallyText(findings) : 'No problems';
  return `${[...commands, `${tally} in ${plural(files.length, 'file')}`].join('\n')}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
