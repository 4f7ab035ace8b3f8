import type { Analysis, Finding } from '../core/index.ts';
import { compareFindings } from '../core/model/finding.ts';
import { Misuse } from './exit.ts';

const MOST_PROBLEMS = 10;

/** Why something cannot be done with a config as it stands, each problem on its line. */
export function refusal(
  { file, lines }: Pick<Analysis, 'file' | 'lines'>,
  problems: readonly Finding[],
  what: string,
): Misuse {
  const listed = problems
    .toSorted(compareFindings)
    .slice(0, MOST_PROBLEMS)
    .map(({ message, at }) => {
      const { line, character } = lines.positionAt(at.start);
      return `\n  ${file}:${line + 1}:${character + 1}  ${message}`;
    });
  const hidden = problems.length - listed.length;
  const rest = hidden > 0 ? `\n  and ${hidden} more: faultline check ${file}` : '';
  return new Misuse(`'${file}' cannot be ${what} as it stands.${listed.join('')}${rest}`);
}

/**
 * Files of other tools are checked, and no more.
 *
 * @throws {Misuse} for one of those
 */
export function refuseOtherFormat({ file, format }: Analysis, what: string): void {
  if (format === undefined) return;
  throw new Misuse(
    `'${file}' is a file of ${format}, which can be checked, but not be ${what}. Describe the system in a resilience.yaml for that.`,
  );
}
