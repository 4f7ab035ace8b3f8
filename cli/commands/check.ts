import {
  type Finding,
  isAtLeast,
  OTHER_FORMATS,
  SEVERITIES,
  type Severity,
} from '../../core/index.ts';
import { listed } from '../../core/text/words.ts';
import { type Arguments, type Option, parseArguments } from '../arguments.ts';
import { updateBaseline } from '../baseline.ts';
import { checkAll } from '../check-all.ts';
import type { FileToCheck } from '../check-batch.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { explain } from '../explain.ts';
import { displayPath, findFiles } from '../find-files.ts';
import { fixFile } from '../fix-file.ts';
import { FORMATS, type FormatName } from '../format/formats.ts';
import { createStyle } from '../format/style.ts';
import { wrap } from '../format/text.ts';
import { OtherFormats } from '../other-formats.ts';
import type { CheckedFile } from '../read-file.ts';
import { RuleFailures } from '../rule-failures.ts';

const OPTIONS = {
  format: { type: 'string', choices: Object.keys(FORMATS) },
  'fail-on': { type: 'string', choices: [...SEVERITIES, 'never'] },
  fix: { type: 'boolean' },
  baseline: { type: 'string' },
  'write-baseline': { type: 'boolean' },
  explain: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const CHECK_HELP = `Finds weak points in resilience configs, without running anything.

Usage: faultline check PATH… [options]

  PATH                  a config, a folder that is searched for resilience.yaml and
                        *.resilience.yaml (also .yml, .json), but not in node_modules,
                        .git and dist; or a pattern with *, ** and ? in quotes.
                        A file is checked whatever its name. Files of other tools are
                        known by what is in them, and judged together:
${wrap(listed(OTHER_FORMATS.map(({ name }) => name)), 64)
  .map((line) => `${' '.repeat(24)}${line}`)
  .join('\n')}

Options
  --format FORMAT       pretty (default), json, sarif, github, junit or markdown
  --fail-on SEVERITY    exit with 1 from this severity on: error (default), warning,
                        info, hint, or never
  --fix                 first mend what can be mended safely, and say what was done
  --baseline FILE       report only what this file does not know, whatever the
                        configuration names
  --write-baseline      write what is found to the baseline: that of --baseline or of
                        the configuration, else faultline-baseline.json
  --explain RULE        say what a rule looks for, and why; without PATH
  -h, --help            this text

The nearest faultline.config.yaml in the folder of a config or above says how bad each
rule is for it.

Examples
  faultline check .
  faultline check samples/online-shop.resilience.yaml --fail-on warning
  faultline check 'services/**/resilience.yaml' --format sarif > faultline.sarif
`;

/** `faultline check`: says what is wrong with configs. Returns the exit code. */
export async function check(args: readonly string[], context: Context): Promise<number> {
  const { paths, values } = parseArguments('check', args, OPTIONS);
  if (values.has('help')) {
    context.stdout.write(CHECK_HELP);
    return EXIT.fine;
  }
  const rule = values.get('explain');
  if (rule !== undefined) {
    context.stdout.write(explain(rule));
    return EXIT.fine;
  }
  if (paths.length === 0) {
    throw new Misuse("Name the files or folders to check, such as 'faultline check .'.");
  }
  const failures = new RuleFailures();
  const checked = await checkFiles(paths, values, failures, context);
  if (!values.has('write-baseline')) report(checked, values, context);
  if (failures.print(context)) return EXIT.internal;
  const isFailed = checked.some(({ findings }) => findings.some(failsFrom(values)));
  return isFailed && !values.has('write-baseline') ? EXIT.failed : EXIT.fine;
}

/** Checks every file; with `--fix` and `--write-baseline` also does what they ask for. */
async function checkFiles(
  paths: readonly string[],
  values: Arguments['values'],
  failures: RuleFailures,
  context: Context,
): Promise<CheckedFile[]> {
  const { cwd } = context;
  const isWriting = values.has('write-baseline');
  const configurations = new Configurations({ cwd, baseline: values.get('baseline'), isWriting });
  const files: FileToCheck[] = [];
  const others = new OtherFormats(cwd);
  for (const path of await findFiles(paths, cwd, others.isOne)) {
    // All of them are known before the first is judged: what is missing in one may be in another.
    await others.takeInWithNeighbours(path);
    const judging = await configurations.optionsFor(path);
    files.push({ path, shown: displayPath(path, cwd), judging });
  }
  if (values.has('fix')) {
    for (const file of files) await fixFile(file, failures, others.analyse, context);
  }
  const ofOthers = others.check(files, failures);
  const native = await checkAll(
    files.filter(({ path }) => !ofOthers.has(path)),
    failures,
    context,
  );
  const checked = new Map(
    files.flatMap(({ path }): [string, CheckedFile][] => {
      const one = ofOthers.get(path) ?? native.get(path);
      return one ? [[path, one]] : [];
    }),
  );
  if (isWriting) await updateBaseline(checked, configurations, context);
  return [...(await configurations.broken()), ...checked.values()];
}

function report(
  files: readonly CheckedFile[],
  values: Arguments['values'],
  context: Context,
): void {
  const { columns, version, stdout } = context;
  const format = FORMATS[(values.get('format') ?? 'pretty') as FormatName];
  const style = createStyle(context);
  stdout.write(format(files, { style, columns, version, fails: failsFrom(values) }));
}

/** Whether a finding is as bad as `--fail-on` says. */
function failsFrom(values: Arguments['values']): (finding: Finding) => boolean {
  const failOn = values.get('fail-on') ?? 'error';
  return ({ severity }) => failOn !== 'never' && isAtLeast(severity, failOn as Severity);
}
