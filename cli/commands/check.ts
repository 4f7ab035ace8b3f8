import { isAtLeast, SEVERITIES, type Severity } from '../../core/index.ts';
import { type Option, parseArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findFiles } from '../find-files.ts';
import { checkResult, formatJson } from '../format/json.ts';
import { formatPretty } from '../format/pretty.ts';
import { createStyle } from '../format/style.ts';
import { analyseFile, type CheckedFile } from '../read-file.ts';
import { RuleFailures } from '../rule-failures.ts';

const OPTIONS = {
  format: { type: 'string', choices: ['pretty', 'json'] },
  'fail-on': { type: 'string', choices: [...SEVERITIES, 'never'] },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const CHECK_HELP = `Finds weak points in resilience configs, without running anything.

Usage: faultline check PATH… [options]

  PATH                  a config, or a folder that is searched for resilience.yaml and
                        *.resilience.yaml (also .yml, .json), but not in node_modules,
                        .git and dist; a file is checked whatever its name

Options
  --format FORMAT       pretty (default) or json
  --fail-on SEVERITY    exit with 1 from this severity on: error (default), warning,
                        info, hint, or never
  -h, --help            this text

Examples
  faultline check .
  faultline check samples/online-shop.resilience.yaml --fail-on warning
`;

/** `faultline check`: says what is wrong with configs. Returns the exit code. */
export async function check(args: readonly string[], context: Context): Promise<number> {
  const { paths, values } = parseArguments('check', args, OPTIONS);
  if (values.has('help')) {
    context.stdout.write(CHECK_HELP);
    return EXIT.fine;
  }
  if (paths.length === 0) {
    throw new Misuse("Name the files or folders to check, such as 'faultline check .'.");
  }
  const files: CheckedFile[] = [];
  const failures = new RuleFailures();
  for (const path of await findFiles(paths, context.cwd)) {
    const shown = displayPath(path, context.cwd);
    const read = await analyseFile(path, shown, failures.on(shown));
    files.push(read.kind === 'analysed' ? read.analysis : read.checked);
  }
  const { columns } = context;
  const pretty = () => formatPretty(files, { style: createStyle(context), columns });
  const json = values.get('format') === 'json';
  context.stdout.write(json ? formatJson(checkResult(files)) : pretty());
  if (failures.print(context)) return EXIT.internal;
  const failOn = values.get('fail-on') ?? 'error';
  const fails = files.some(({ findings }) =>
    findings.some(({ severity }) => failOn !== 'never' && isAtLeast(severity, failOn as Severity)),
  );
  return fails ? EXIT.failed : EXIT.fine;
}
