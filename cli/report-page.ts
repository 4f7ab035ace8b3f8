import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '../core/index.ts';
import { renderHtmlDocument } from '../core/report/html.ts';
import type { Context } from './context.ts';
import { Misuse } from './exit.ts';
import { displayPath } from './find-files.ts';
import { printable } from './format/text.ts';
import { explainSystemError } from './system-error.ts';

/** Where to write the page; refuses names that would destroy the config or mislead a browser. */
export function pageFile(
  given: string | undefined,
  config: string,
  cwd: string,
): string | undefined {
  if (given === undefined) return undefined;
  const path = resolve(cwd, given);
  if (path === config || !/\.html?$/i.test(given)) {
    throw new Misuse(`'--html ${given}': give the page a name that ends in .html.`);
  }
  return path;
}

/** Writes the report as one web page, and says where it is and where else to see it. */
export async function writePage(report: Report, path: string, context: Context): Promise<string> {
  const { css, script } = await context.loadReportPage();
  const shown = displayPath(path, context.cwd);
  // Not drawn at random, so that the same report gives the same file; yet no text of the config can
  // contain it, since it depends on that text.
  const nonce = createHash('sha256').update(JSON.stringify(report)).digest('base64');
  const page = renderHtmlDocument(report, { css, script, nonce });
  await writeFile(path, page).catch((error) => {
    throw new Misuse(explainSystemError(error, shown, 'write'));
  });
  return [
    '',
    `Report      ${printable(shown)} (open it in a browser)`,
    `In VS Code  code ${printable(report.file)}, then "Faultline: Simulate Resilience Config";`,
    '            in a checkout of Faultline, npm run editor brings an editor along',
    '',
  ].join('\n');
}
