import type { Finding } from '../../core/index.ts';
import type { CheckedFile } from '../read-file.ts';
import { formatGithub } from './github.ts';
import { checkResult, formatJson } from './json.ts';
import { formatJunit } from './junit.ts';
import { formatMarkdown } from './markdown.ts';
import { formatPretty } from './pretty.ts';
import { formatSarif } from './sarif.ts';
import type { Style } from './style.ts';

export interface FormatOptions {
  readonly style: Style;
  /** Messages are wrapped to this width; without it each stays on its line, as logs want it. */
  readonly columns?: number | undefined;
  /** Of Faultline. */
  readonly version: string;
  /** Whether a finding is bad enough for the command to fail. */
  fails(finding: Finding): boolean;
}

/** Writes what was found in files. */
export type Format = (files: readonly CheckedFile[], options: FormatOptions) => string;

/** What `--format` takes. */
export const FORMATS = {
  pretty: formatPretty,
  json: (files) => formatJson(checkResult(files)),
  sarif: formatSarif,
  github: formatGithub,
  junit: formatJunit,
  markdown: formatMarkdown,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;
