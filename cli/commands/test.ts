import type { Analysis, Judging } from '../../core/index.ts';
import { RUN_BOUNDS } from '../../core/simulate.ts';
import { type Arguments, type Option, parseArguments } from '../arguments.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findFiles } from '../find-files.ts';
import { createStyle } from '../format/style.ts';
import { TEST_FORMATS, type TestFormatName } from '../format/test/formats.ts';
import { analyseFile } from '../read-file.ts';
import { RuleFailures } from '../rule-failures.ts';
import { MOST_WORKERS, simulationChoice, workerCount } from '../simulation-options.ts';
import { Simulator } from '../simulator.ts';
import { type TestedFile, testFile } from '../test-file.ts';

const OPTIONS = {
  scenario: { type: 'string' },
  seed: { type: 'string' },
  replications: { type: 'string' },
  precision: { type: 'string' },
  workers: { type: 'string' },
  format: { type: 'string', choices: Object.keys(TEST_FORMATS) },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const TEST_HELP = `Simulates every scenario that expects something, and says whether it holds.

Usage: faultline test PATH… [options]

  PATH                  a config, a folder that is searched for configs, or a pattern,
                        as with check

Options
  --scenario NAME       only the scenario of this name
  --seed N              start of the random numbers, ${RUN_BOUNDS.seed.least} to ${RUN_BOUNDS.seed.most}: by default the file's
  --replications N      how many runs, ${RUN_BOUNDS.replications.least} to ${RUN_BOUNDS.replications.most}: by default as many as the file says
  --precision SHARE     run on until the intervals of what is expected are this narrow,
                        such as 1%; --replications are run before the first look
  --workers N           how many threads, 1 to ${MOST_WORKERS}: by default one for each processor;
                        the results do not depend on it
  --format FORMAT       pretty (default), junit or json
  -h, --help            this text

Exits with 1 when an expectation is missed, with 2 when a scenario cannot be simulated. What
the runs cannot tell, because the interval covers the bound, is shown and fails nothing.
Ctrl-C stops, and prints what there is by then.

Examples
  faultline test samples
  faultline test shop.resilience.yaml --scenario zone-a-lost --precision 1%
  faultline test . --format junit > faultline.xml
`;

/** `faultline test`: holds scenarios against what they expect. Returns the exit code. */
export async function testCommand(args: readonly string[], context: Context): Promise<number> {
  const given = parseArguments('test', args, OPTIONS);
  if (given.values.has('help')) {
    context.stdout.write(TEST_HELP);
    return EXIT.fine;
  }
  if (given.paths.length === 0) {
    throw new Misuse("Name the files or folders to test, such as 'faultline test .'.");
  }
  const choice = simulationChoice(given);
  const failures = new RuleFailures();
  const configs = await readConfigs(given.paths, failures, context);
  const only = chosenName(given, configs);
  const simulator = new Simulator(context, workerCount(given));
  const tested: TestedFile[] = [];
  try {
    for (const { analysis, judging } of configs) {
      tested.push(await testFile(simulator, analysis, { judging, choice, only }));
    }
  } finally {
    await simulator.close();
  }
  const format = TEST_FORMATS[(given.values.get('format') ?? 'pretty') as TestFormatName];
  context.stdout.write(format(tested, { style: createStyle(context) }));
  if (failures.print(context)) return EXIT.internal;
  return simulator.isInterrupted ? EXIT.interrupted : exitCode(tested);
}

function exitCode(tested: readonly TestedFile[]): number {
  const statuses = tested.flatMap(({ scenarios }) => scenarios.map(({ status }) => status));
  if (statuses.includes('refused')) return EXIT.misuse;
  return statuses.includes('missed') ? EXIT.failed : EXIT.fine;
}

interface ReadConfig {
  readonly analysis: Analysis;
  readonly judging: Judging;
}

/** Configs with scenarios that expect something; those of other tools have none. */
async function readConfigs(
  paths: readonly string[],
  failures: RuleFailures,
  { cwd }: Context,
): Promise<readonly ReadConfig[]> {
  const configurations = new Configurations({ cwd, isWriting: false });
  const configs: ReadConfig[] = [];
  for (const path of await findFiles(paths, cwd)) {
    const shown = displayPath(path, cwd);
    const read = await analyseFile(path, shown, {
      ...(await configurations.optionsFor(path)),
      onRuleFailure: failures.on(shown),
    });
    if (read.kind === 'refused') {
      throw new Misuse(`'${shown}': ${read.checked.findings[0]?.message ?? 'it is no config.'}`);
    }
    configs.push({ analysis: read.analysis, judging: read.judging });
  }
  return configs;
}

/** @throws Misuse where nothing would be tested: that would pass for a success */
function chosenName({ values }: Arguments, configs: readonly ReadConfig[]): string | undefined {
  const scenarios = configs.flatMap(({ analysis }) => [...analysis.model.scenarios.values()]);
  const expecting = scenarios.filter(({ expect }) => expect.length > 0).map(({ name }) => name);
  const only = values.get('scenario');
  if (expecting.length === 0) {
    throw new Misuse(
      "No scenario expects anything. Give one such as expect: { availability: '>= 99.9%' }.",
    );
  }
  if (only === undefined || expecting.includes(only)) return only;
  const known = [...new Set(expecting)].join(', ');
  throw new Misuse(`No scenario '${only}' expects anything. These do: ${known}.`);
}
