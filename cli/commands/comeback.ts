import { type Analysis, type ComebackOptions, comebackLimit } from '../../core/index.ts';
import { RUN_BOUNDS } from '../../core/simulate.ts';
import { type Option, parseArguments, wholeNumber } from '../arguments.ts';
import { chosenScenario } from '../chosen-scenario.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import { displayPath, findOneFile } from '../find-files.ts';
import { comebackJson, type Found, formatComeback } from '../format/comeback.ts';
import { formatJson } from '../format/json.ts';
import { createStyle } from '../format/style.ts';
import { analyseFile } from '../read-file.ts';
import { refusal } from '../refusal.ts';
import { RuleFailures } from '../rule-failures.ts';

const OPTIONS = {
  scenario: { type: 'string' },
  seed: { type: 'string' },
  replications: { type: 'string' },
  format: { type: 'string', choices: ['pretty', 'json'] },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const COMEBACK_HELP = `Says up to which load a system comes back after a fault, and what keeps it down above.

Usage: faultline comeback FILE [options]

  FILE                  a config, or a folder that holds just one

Simulates the faults of a scenario under more and less load, until it is known from which
load on the system stays down though nothing is broken any more. Then it tries single
changes under a load that is too much: no retries, a retry budget, a breaker, a bulkhead,
no queue, another timeout.

Options
  --scenario NAME       whose faults: by default the first scenario that has any
  --seed N              start of the random numbers, ${RUN_BOUNDS.seed.least} to ${RUN_BOUNDS.seed.most}: by default the file's
  --replications N      runs for each load and change, ${RUN_BOUNDS.replications.least} to ${RUN_BOUNDS.replications.most}: by default 5;
                        less where the first two agree
  --format FORMAT       pretty (default) or json
  -h, --help            this text

Exits with 1 when the system stays down under the load of the file, or no run can tell.

Examples
  faultline comeback samples/published/retry-metastable.resilience.yaml --scenario first-shop
  faultline comeback shop.resilience.yaml --scenario payments-down --replications 20
`;

/** `faultline comeback`: the load above which a system stays down. Returns the exit code. */
export async function comebackCommand(args: readonly string[], context: Context): Promise<number> {
  const given = parseArguments('comeback', args, OPTIONS);
  if (given.values.has('help')) {
    context.stdout.write(COMEBACK_HELP);
    return EXIT.fine;
  }
  const seed = wholeNumber(given, 'seed', RUN_BOUNDS.seed);
  const replications = wholeNumber(given, 'replications', RUN_BOUNDS.replications);
  const path = await findOneFile(given.paths, context.cwd);
  const shown = displayPath(path, context.cwd);
  const failures = new RuleFailures();
  const configurations = new Configurations({ cwd: context.cwd, isWriting: false });
  const read = await analyseFile(path, shown, {
    ...(await configurations.optionsFor(path)),
    onRuleFailure: failures.on(shown),
  });
  if (read.kind === 'refused') throw refusal(read.checked, read.checked.findings, 'simulated');
  const scenario = chosenScenario(given, read.analysis);
  const found = search(context, read.analysis, {
    ...(scenario !== undefined && { scenario }),
    ...(seed !== undefined && { seed }),
    ...(replications !== undefined && { replications }),
  });
  const json = given.values.get('format') === 'json';
  context.stdout.write(
    json
      ? formatJson(comebackJson(read.analysis, found))
      : formatComeback(read.analysis, found, createStyle(context), context.columns),
  );
  if (failures.print(context)) return EXIT.internal;
  const { outcome } = found.asWritten;
  return outcome === 'stuck' || outcome === 'unclear' ? EXIT.failed : EXIT.fine;
}

function search(context: Context, analysis: Analysis, options: ComebackOptions): Found {
  const progress = context.startProgress();
  try {
    const onProgress = (share: number) => progress.update(share);
    const outcome = comebackLimit(analysis, { ...options, onProgress });
    if (outcome.kind === 'found') return outcome;
    // Nothing cancels it here: Ctrl-C ends the process.
    throw refusal(analysis, outcome.kind === 'refused' ? outcome.problems : [], 'simulated');
  } finally {
    progress.stop();
  }
}
