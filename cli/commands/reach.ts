import { blockersOf } from '../../core/analyse.ts';
import {
  type Analysis,
  analyse,
  applyEdits,
  findObjective,
  isMissed,
  OBJECTIVE_KINDS,
  type Objective,
  type ObjectiveKind,
  objectivesOf,
  objectiveText,
  type ReachOutcome,
  reachObjective,
} from '../../core/index.ts';
import { parseRatio } from '../../core/time/index.ts';
import { type Arguments, type Option, parseArguments } from '../arguments.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findOneFile } from '../find-files.ts';
import { formatJson } from '../format/json.ts';
import { formatReach, reachResult } from '../format/reach.ts';
import { createStyle } from '../format/style.ts';
import { printable } from '../format/text.ts';
import { analyseFile } from '../read-file.ts';
import { refusal, refuseOtherFormat } from '../refusal.ts';
import { RuleFailures } from '../rule-failures.ts';
import { writeText } from '../write-file.ts';

const OPTIONS = {
  objective: { type: 'string', choices: OBJECTIVE_KINDS },
  service: { type: 'string' },
  'zone-availability': { type: 'string' },
  apply: { type: 'boolean' },
  format: { type: 'string', choices: ['pretty', 'json'] },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const REACH_HELP = `Proposes the cheapest change with which a config meets one of its objectives.

Usage: faultline reach FILE [options]

  FILE                  a config, or a folder that holds just one

It tries members, zones, minimums, standbys, heartbeats, attempts, retry budgets, pool
sizes, timeouts and open times, reckons by closed form, and confirms by simulation.

Options
  --objective NAME      which promise of the file: ${OBJECTIVE_KINDS.join(', ')};
                        by default the first that is missed
  --service NAME        the service whose availability is meant; by default the system's
  --zone-availability P how often a zone is up, as in 99.95%: only then zones matter
  --apply               write the change into the file
  --format FORMAT       pretty (default) or json
  -h, --help            this text

Exits with 1 when the objective is missed and nothing within bounds reaches it, or when
too little is written to tell.

Examples
  faultline reach shop.resilience.yaml
  faultline reach shop.resilience.yaml --objective p99 --apply
`;

/** `faultline reach`: proposes a change with which a config meets an objective. */
export async function reachCommand(args: readonly string[], context: Context): Promise<number> {
  const given = parseArguments('reach', args, OPTIONS);
  if (given.values.has('help')) {
    context.stdout.write(REACH_HELP);
    return EXIT.fine;
  }
  const zoneAvailability = shareOf(given, 'zone-availability');
  const path = await findOneFile(given.paths, context.cwd);
  const shown = displayPath(path, context.cwd);
  const failures = new RuleFailures();
  const configurations = new Configurations({ cwd: context.cwd, isWriting: false });
  const options = {
    ...(await configurations.optionsFor(path)),
    onRuleFailure: failures.on(shown),
  };
  const read = await analyseFile(path, shown, options);
  if (read.kind === 'refused') throw refusal(read.checked, read.checked.findings, 'judged');
  const { analysis } = read;
  refuseOtherFormat(analysis, 'judged');
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) throw refusal(analysis, blockers, 'judged');
  const objective = chosenObjective(given, analysis, zoneAvailability);
  const json = given.values.get('format') === 'json';
  const style = createStyle(context);
  if (!objective) {
    const message = 'Every objective is met, as far as the file says.';
    context.stdout.write(json ? formatJson({ kind: 'met-already' }) : `${style.green(message)}\n`);
    return EXIT.fine;
  }
  const outcome = search(context, analysis, objective, {
    analyseAgain: (text) => analyse(text, shown, { ...options, ...read.judging }),
    ...(zoneAvailability !== undefined && { zoneAvailability }),
  });
  const isApplied = outcome.kind === 'reached' && given.values.has('apply');
  if (isApplied) {
    await writeText(path, read, applyEdits(analysis.text, outcome.confirmation.edits));
  }
  const shownAs = { analysis, objective, isApplied };
  context.stdout.write(
    json
      ? formatJson(reachResult(outcome, shownAs))
      : formatReach(outcome, { ...shownAs, style, columns: context.columns }),
  );
  if (failures.print(context)) return EXIT.internal;
  return outcome.kind === 'reached' || outcome.kind === 'met-already' ? EXIT.fine : EXIT.failed;
}

function search(
  context: Context,
  analysis: Analysis,
  objective: Objective,
  options: Parameters<typeof reachObjective>[2],
): Exclude<ReachOutcome, { kind: 'refused' | 'cancelled' }> {
  const progress = context.startProgress();
  try {
    const onProgress = (share: number) => progress.update(share);
    const outcome = reachObjective(analysis, objective, { ...options, onProgress });
    if (outcome.kind === 'refused') throw refusal(analysis, outcome.problems, 'judged');
    // Nothing cancels it here: Ctrl-C ends the process.
    if (outcome.kind === 'cancelled') throw new Error('The search was cancelled.');
    return outcome;
  } finally {
    progress.stop();
  }
}

/** The one that is named, else the first that is missed. */
function chosenObjective(
  { values }: Arguments,
  { file, model }: Analysis,
  zoneAvailability: number | undefined,
): Objective | undefined {
  const known = objectivesOf(model);
  if (known.length === 0) throw new Misuse(`'${file}' has no objectives.`);
  const kind = values.get('objective') as ObjectiveKind | undefined;
  const service = values.get('service');
  if (kind === undefined && service === undefined) {
    const options = zoneAvailability === undefined ? {} : { zoneAvailability };
    return known.find((objective) => isMissed(model, objective, options));
  }
  const name = {
    kind: kind ?? ('availability' as const),
    ...(service !== undefined && { service }),
  };
  const found = findObjective(model, name);
  if (found) return found;
  const texts = known.map((objective) => printable(objectiveText(objective)));
  throw new Misuse(
    `'${file}' has no objective '${printable(objectiveText(name))}'. It has ${texts.join(', ')}.`,
  );
}

function shareOf({ values }: Arguments, name: string): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const share = parseRatio(text);
  if (share !== undefined) return share;
  throw new Misuse(`'--${name} ${text}': expected a percentage, such as 99.95%.`);
}
