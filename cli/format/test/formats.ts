import type { TestedFile } from '../../test-file.ts';
import type { Style } from '../style.ts';
import { formatTestJson } from './json.ts';
import { formatTestJunit } from './junit.ts';
import { formatTestPretty } from './pretty.ts';

export interface TestFormatOptions {
  readonly style: Style;
}

/** Writes what came of scenarios. */
export type TestFormat = (files: readonly TestedFile[], options: TestFormatOptions) => string;

/** What `--format` of `faultline test` takes. */
export const TEST_FORMATS = {
  pretty: formatTestPretty,
  junit: formatTestJunit,
  json: formatTestJson,
} as const satisfies Record<string, TestFormat>;

export type TestFormatName = keyof typeof TEST_FORMATS;
