import {
  type Analysis,
  analyse,
  convertToSimulate,
  type Judging,
  type Report,
  type SimulationChoice,
} from '../../core/index.ts';
import type { ObjectiveResult } from '../../core/report/report.ts';
import { RUN_BOUNDS, YEARS_BOUNDS } from '../../core/simulate.ts';
import { type Option, parseArguments, wholeNumber } from '../arguments.ts';
import { chosenScenario } from '../chosen-scenario.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findOneFile } from '../find-files.ts';
import { formatFindings, worstFindings } from '../format/compact.ts';
import { formatJson } from '../format/json.ts';
import { createStyle } from '../format/style.ts';
import { formatSummary } from '../format/summary.ts';
import { printable } from '../format/text.ts';
import { OtherFormats } from '../other-formats.ts';
import { analyseFile } from '../read-file.ts';
import { refusal } from '../refusal.ts';
import { pageFile, writePage } from '../report-page.ts';
import { RuleFailures } from '../rule-failures.ts';
import { MOST_WORKERS, simulationChoice, workerCount } from '../simulation-options.ts';
import { Simulator } from '../simulator.ts';

const OPTIONS = {
  scenario: { type: 'string' },
  seed: { type: 'string' },
  replications: { type: 'string' },
  years: { type: 'string' },
  precision: { type: 'string' },
  workers: { type: 'string' },
  html: { type: 'string' },
  format: { type: 'string', choices: ['pretty', 'json'] },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const SIMULATE_HELP = `Simulates a resilience config and says what would happen.

Usage: faultline simulate FILE [options]

  FILE                  a config, or a folder that holds just one; of a file of another
                        tool, what it says, with traffic that is assumed and told so

Options
  --scenario NAME       which scenario of the file to run: by default the first;
                        none for the system as it is, without any scenario
  --seed N              start of the random numbers, ${RUN_BOUNDS.seed.least} to ${RUN_BOUNDS.seed.most}: by default the file's;
                        the same file and seed give the same report
  --replications N      how many runs, ${RUN_BOUNDS.replications.least} to ${RUN_BOUNDS.replications.most}: by default as many as the file says
  --precision SHARE     run on until the intervals of what the scenario expects, else of
                        availability and latency p99, are this narrow, such as 1%;
                        --replications are run before the first look
  --workers N           how many threads, 1 to ${MOST_WORKERS}: by default one for each processor;
                        the report does not depend on it
  --years N             also let components fail and be repaired for N years, without
                        traffic, ${YEARS_BOUNDS.least} to ${YEARS_BOUNDS.most}: by default what the file says, if it does
  --html OUT.html       also write the report as one self-contained web page
  --format FORMAT       pretty (default) or json: the whole report, nothing else
  -h, --help            this text

Exits with 1 when the run missed an expectation of its scenario. Ctrl-C stops the run and
prints what there is by then, marked as partial; the exit code is then ${EXIT.interrupted}.

Examples
  faultline simulate samples/online-shop.resilience.yaml
  faultline simulate shop.resilience.yaml --scenario zone-a-lost --html report.html
`;

const NO_SCENARIO = 'none';
const MOST_COLUMNS = 100;

/** `faultline simulate`: runs one config and reports what happened. Returns the exit code. */
export async function simulateCommand(args: readonly string[], context: Context): Promise<number> {
  const given = parseArguments('simulate', args, OPTIONS);
  if (given.values.has('help')) {
    context.stdout.write(SIMULATE_HELP);
    return EXIT.fine;
  }
  const years = wholeNumber(given, 'years', YEARS_BOUNDS);
  const choice = { ...simulationChoice(given), ...(years !== undefined && { years }) };
  const path = await findOneFile(given.paths, context.cwd);
  const html = pageFile(given.values.get('html'), path, context.cwd);
  const failures = new RuleFailures();
  const { analysis, judging } = await readConfig(path, failures, context);
  const scenario = chosenScenario(given, analysis, [NO_SCENARIO]);
  const isNamed = scenario !== undefined && analysis.model.scenarios.has(scenario);
  const simulator = new Simulator(context, workerCount(given));
  try {
    // Without a name core chooses; `null` is no scenario at all.
    const chosen =
      scenario === undefined ? choice : { ...choice, scenario: isNamed ? scenario : null };
    const report = await runSimulation(simulator, analysis, judging, chosen);
    if (!report) {
      context.stderr.write('Stopped before anything was simulated.\n');
      return EXIT.interrupted;
    }
    const json = given.values.get('format') === 'json';
    context.stdout.write(json ? formatJson(report) : pretty(analysis, report, context));
    if (html !== undefined) {
      const notice = await writePage(report, html, context);
      // What reads the JSON must get nothing else.
      (json ? context.stderr : context.stdout).write(notice);
    }
    if (failures.print(context)) return EXIT.internal;
    if (report.partial) return EXIT.interrupted;
    return missedExpectations(report).length > 0 ? EXIT.failed : EXIT.fine;
  } finally {
    await simulator.close();
  }
}

/** The promises of the scenario that the run did not keep. */
export function missedExpectations({ objectives }: Report): readonly ObjectiveResult[] {
  return objectives.filter(({ origin, status }) => origin === 'expectation' && status === 'missed');
}

/** Undefined when it was stopped before there was anything to report. */
async function runSimulation(
  simulator: Simulator,
  analysis: Analysis,
  judging: Judging,
  choice: SimulationChoice,
): Promise<Report | undefined> {
  const outcome = await simulator.simulate(analysis, judging, choice);
  if (outcome.kind === 'refused') throw refusal(analysis, outcome.problems, 'simulated');
  return outcome.kind === 'cancelled' ? undefined : outcome.report;
}

async function readConfig(
  path: string,
  failures: RuleFailures,
  { cwd }: Context,
): Promise<{ readonly analysis: Analysis; readonly judging: Judging }> {
  const shown = displayPath(path, cwd);
  const configurations = new Configurations({ cwd, isWriting: false });
  const read = await analyseFile(path, shown, {
    ...(await configurations.optionsFor(path)),
    onRuleFailure: failures.on(shown),
  });
  if (read.kind === 'refused') throw refusal(read.checked, read.checked.findings, 'simulated');
  const { analysis, judging } = read;
  if (analysis.format === undefined) return { analysis, judging };
  return { analysis: await standIn(path, analysis, cwd), judging: {} };
}

/**
 * For a file of another tool, what it says as a config with traffic that is assumed.
 *
 * @throws {Misuse} where it says nothing
 */
async function standIn(path: string, { file, format }: Analysis, cwd: string): Promise<Analysis> {
  const others = new OtherFormats(cwd);
  await others.takeInWithNeighbours(path);
  const model = others.systemOf(file);
  const calls = [...(model?.services.values() ?? [])].some((one) => one.calls.length > 0);
  if (!model || (!calls && model.groups.size === 0)) {
    throw new Misuse(
      `'${file}' is a file of ${format} that says nothing to simulate: no calls and no workloads. 'faultline init' writes a resilience.yaml that adds what it does not say.`,
    );
  }
  return analyse(convertToSimulate(model, file), `${file}.resilience.yaml`);
}

function pretty(analysis: Analysis, report: Report, context: Context): string {
  const style = createStyle(context);
  const columns = Math.min(context.columns ?? MOST_COLUMNS, MOST_COLUMNS);
  const findings = formatFindings(analysis, { style, columns });
  const alreadyShown = new Set(
    worstFindings(analysis.findings).map(({ message }) => printable(message)),
  );
  const summary = formatSummary(report, { style, columns, alreadyShown });
  return findings === '' ? summary : `${findings}\n${summary}`;
}
