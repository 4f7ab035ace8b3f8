import type { TestedFile } from '../../test-file.ts';
import { formatJson } from '../json.ts';
import { tally } from './tally.ts';

/**
 * What `faultline test --format json` prints. Programs rely on this shape: keys may be added, but none
 * is renamed or removed. Places of expectations count from 0, as in reports; others from 1.
 */
export function formatTestJson(files: readonly TestedFile[]): string {
  return formatJson({ format: 'faultline-test', version: 1, files, summary: tally(files) });
}
