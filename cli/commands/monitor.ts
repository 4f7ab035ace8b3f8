import { resolve } from 'node:path';
import { blockersOf } from '../../core/analyse.ts';
import {
  applyEdits,
  ConfigEditor,
  type History,
  readHistory,
  readHistoryTime,
  reviewHistory,
} from '../../core/index.ts';
import { type Arguments, type Option, parseArguments } from '../arguments.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findOneFile } from '../find-files.ts';
import { formatJson } from '../format/json.ts';
import { formatMonitor } from '../format/monitor.ts';
import { createStyle } from '../format/style.ts';
import { analyseFile, type FileAnalysis } from '../read-file.ts';
import { readText } from '../read-text.ts';
import { refusal, refuseOtherFormat } from '../refusal.ts';
import { writeText } from '../write-file.ts';

const MOST_PROBLEMS = 10;

const OPTIONS = {
  config: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  apply: { type: 'boolean' },
  format: { type: 'string', choices: ['pretty', 'json'] },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const MONITOR_HELP = `Says what really happened, and what a config should say of it.

Usage: faultline monitor EVENTS [options]

  EVENTS                failures and recoveries: JSON lines, or CSV with a line of titles.
                        A record is an incident (component, start, end) or an event
                        (component, time, event), with type, severity and method if known;
                        what incident tools call these is understood (docs/incidents.md)

Options
  --config FILE         the config of the system: its groups and minimums are minded, and
                        its mtbf and recovery are held against what was seen
  --since TIME          when recording began, as 2026-01-01: by default with the first event
  --until TIME          when it ended: by default with the last event
  --apply               write what was seen into the config
  --format FORMAT       pretty (default) or json
  -h, --help            this text

Examples
  faultline monitor incidents.csv
  faultline monitor incidents.csv --config shop.resilience.yaml --since 2026-01-01 --apply
`;

type Config = Extract<FileAnalysis, { kind: 'analysed' }>;

/** `faultline monitor`: what a history of incidents comes to. Returns the exit code. */
export async function monitorCommand(args: readonly string[], context: Context): Promise<number> {
  const given = parseArguments('monitor', args, OPTIONS);
  if (given.values.has('help')) {
    context.stdout.write(MONITOR_HELP);
    return EXIT.fine;
  }
  const [events, ...others] = given.paths;
  if (events === undefined || others.length > 0) {
    throw new Misuse("Name one file of events, such as 'faultline monitor incidents.csv'.");
  }
  const history = await historyOf(events, context.cwd);
  const path = await configPath(given, context.cwd);
  const config = path === undefined ? undefined : await configAt(path, context.cwd);
  const review = reviewHistory(history, {
    ...(config && { model: config.analysis.model }),
    ...watchOf(given, history),
  });
  const isApplied = given.values.has('apply');
  if (path !== undefined && config && isApplied) {
    const changes = review.calibrations.flatMap((one) => one.changes);
    const planned = new ConfigEditor(config.analysis.text).planChanges(changes);
    if (planned.kind === 'refused') {
      throw new Misuse(`'${config.analysis.file}' cannot be edited so: ${planned.reason}.`);
    }
    await writeText(path, config, applyEdits(config.analysis.text, planned.edits));
  }
  context.stdout.write(
    given.values.get('format') === 'json'
      ? formatJson(review)
      : formatMonitor(review, {
          events,
          config: config?.analysis.file,
          isApplied,
          style: createStyle(context),
          columns: context.columns,
        }),
  );
  return EXIT.fine;
}

async function historyOf(events: string, cwd: string): Promise<History> {
  const read = await readText(resolve(cwd, events), events);
  if (read.kind === 'refused') throw new Misuse(`'${events}': ${read.finding.message}`);
  const result = readHistory(read.text);
  if (result.kind === 'read') return result.history;
  const listed = result.problems
    .slice(0, MOST_PROBLEMS)
    .map(
      ({ message, record }) => `\n  ${record === undefined ? '' : `record ${record}: `}${message}`,
    );
  const hidden = result.problems.length - listed.length;
  const rest = hidden > 0 ? `\n  and ${hidden} more` : '';
  throw new Misuse(`'${events}' cannot be read as a history of events.${listed.join('')}${rest}`);
}

async function configPath({ values }: Arguments, cwd: string): Promise<string | undefined> {
  const config = values.get('config');
  if (config !== undefined) return findOneFile([config], cwd);
  if (!values.has('apply')) return undefined;
  throw new Misuse("'--apply' needs the config to write to: '--config FILE'.");
}

async function configAt(path: string, cwd: string): Promise<Config> {
  const shown = displayPath(path, cwd);
  const configurations = new Configurations({ cwd, isWriting: false });
  const read = await analyseFile(path, shown, await configurations.optionsFor(path));
  if (read.kind === 'refused') throw refusal(read.checked, read.checked.findings, 'compared');
  refuseOtherFormat(read.analysis, 'compared');
  const blockers = blockersOf(read.analysis);
  if (blockers.length > 0) throw refusal(read.analysis, blockers, 'compared');
  return read;
}

/** When everything was recorded. */
function watchOf({ values }: Arguments, { firstMs, lastMs }: History) {
  const timeOf = (name: 'since' | 'until'): number | undefined => {
    const text = values.get(name);
    const ms = text === undefined ? undefined : readHistoryTime(text);
    if (text === undefined || ms !== undefined) return ms;
    throw new Misuse(`'--${name} ${text}': expected a time, such as 2026-01-01.`);
  };
  const [sinceMs = firstMs, untilMs = lastMs] = [timeOf('since'), timeOf('until')];
  if (untilMs > sinceMs) return { sinceMs, untilMs };
  throw new Misuse(
    'Nothing lies between the beginning and the end of the history. Say when recording began and ended: --since and --until.',
  );
}
