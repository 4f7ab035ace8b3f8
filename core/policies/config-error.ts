import type { LineIndex } from '../config/index.ts';
import type { Finding } from '../model/finding.ts';

/** A config cannot be loaded as it stands; the message lists everything that keeps it from it. */
export class ConfigError extends Error {
  /** The same as data; the editor shows them on their lines. */
  readonly problems: readonly Finding[];

  /** @param problems at least one */
  constructor(file: string, problems: readonly Finding[], lines: LineIndex) {
    const list = problems.map(({ at, message }) => {
      const { line, character } = lines.positionAt(at.start);
      return `\n  ${file}:${line + 1}:${character + 1} ${message}`;
    });
    super(`'${file}' cannot be loaded:${list.join('')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
