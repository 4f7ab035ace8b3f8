import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  type Analysis,
  type Finding,
  isProvable,
  type Proof,
  type ProofRun,
  prove,
  runProof,
} from '../../core/index.ts';
import { plural } from '../../core/text/words.ts';
import { type Option, parseArguments } from '../arguments.ts';
import { Configurations } from '../configurations.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findOneFile } from '../find-files.ts';
import { formatJson } from '../format/json.ts';
import { createStyle } from '../format/style.ts';
import { printable } from '../format/text.ts';
import { OtherFormats } from '../other-formats.ts';
import { analyseFile } from '../read-file.ts';
import { refusal } from '../refusal.ts';
import { RuleFailures } from '../rule-failures.ts';
import { explainSystemError } from '../system-error.ts';
import { writeNewFile } from '../write-file.ts';

const OPTIONS = {
  save: { type: 'string' },
  format: { type: 'string', choices: ['pretty', 'json'] },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const PROVE_HELP = `Shows by simulation what a file alone does not: defects that need a clock.

Usage: faultline prove FILE [options]

  FILE                  a config of any format that is known

Breakers that never see calls hang, tries that do not fit into the time that there is, and
breakers that one request opens for all: for each of them that is found, a small config is
made of the very policies, simulated as they are, and again with what the finding asks for.

Options
  --save FOLDER         also write these configs, to simulate and to change
  --format FORMAT       pretty (default) or json
  -h, --help            this text

Exits with 1 when something is shown.

Examples
  faultline prove dapr/resiliency.yaml
  faultline prove shop.resilience.yaml --save proofs
`;

interface Shown {
  readonly finding: Finding;
  readonly proof: Proof;
  readonly run: ProofRun;
  /** Where its config was written. */
  readonly file?: string;
}

/** `faultline prove`: simulates what findings say. Returns the exit code. */
export async function proveCommand(args: readonly string[], context: Context): Promise<number> {
  const { paths, values } = parseArguments('prove', args, OPTIONS);
  if (values.has('help')) {
    context.stdout.write(PROVE_HELP);
    return EXIT.fine;
  }
  if (paths.length === 0) throw new Misuse('Name the config to prove findings of.');
  const path = await findOneFile(paths, context.cwd);
  const failures = new RuleFailures();
  const analysis = await readFindings(path, failures, context);
  const findings = analysis.findings.filter(isProvable);
  const folder = values.get('save');
  const shown: Shown[] = [];
  for (const finding of findings) {
    const proof = prove(analysis, finding);
    const run = proof && runProof(proof);
    if (!proof || !run?.isShown) continue;
    const one = { finding, proof, run };
    const name = `${shown.length + 1}-${finding.ruleId}.resilience.yaml`;
    shown.push(
      folder === undefined ? one : { ...one, file: await save(folder, name, proof, context) },
    );
  }
  const json = values.get('format') === 'json';
  context.stdout.write(
    json ? formatJson(shown.map(asJson)) : pretty(analysis, findings, shown, context),
  );
  if (failures.print(context)) return EXIT.internal;
  return shown.length > 0 ? EXIT.failed : EXIT.fine;
}

async function readFindings(
  path: string,
  failures: RuleFailures,
  { cwd }: Context,
): Promise<Analysis> {
  const shown = displayPath(path, cwd);
  const configurations = new Configurations({ cwd, isWriting: false });
  const others = new OtherFormats(cwd);
  await others.takeInWithNeighbours(path);
  const options = {
    ...(await configurations.optionsFor(path)),
    onRuleFailure: failures.on(shown),
  };
  const read = await analyseFile(path, shown, options, others.analyse);
  if (read.kind === 'refused') throw refusal(read.checked, read.checked.findings, 'simulated');
  return read.analysis;
}

async function save(
  folder: string,
  name: string,
  { text }: Proof,
  { cwd }: Context,
): Promise<string> {
  const file = join(folder, name);
  const absolute = resolve(cwd, folder);
  await mkdir(absolute, { recursive: true }).catch((error) => {
    throw new Misuse(explainSystemError(error, folder, 'write'));
  });
  await writeNewFile(join(absolute, name), file, text);
  return file;
}

function asJson({ file, finding, proof, run }: Shown) {
  return {
    ruleId: finding.ruleId,
    message: finding.message,
    description: proof.description,
    expectation: { name: run.asIs.name, target: run.asIs.target },
    asIs: run.asIs.achieved,
    change: proof.change,
    mended: run.mended.achieved,
    config: proof.text,
    ...(file !== undefined && { file }),
  };
}

function pretty(
  { file, lines }: Analysis,
  findings: readonly Finding[],
  shown: readonly Shown[],
  context: Context,
): string {
  const style = createStyle(context);
  const blocks = shown.map(({ file: saved, finding, proof, run }) => {
    const { character, line } = lines.positionAt(finding.at.start);
    const { asIs, mended } = run;
    return [
      `${style.bold(`${file}:${line + 1}:${character + 1}`)}  ${printable(finding.message)}  ${style.dim(finding.ruleId)}`,
      `    ${printable(proof.description)}`,
      `    ${style.red('shown')}   ${asIs.name}: ${asIs.achieved} (expected ${asIs.target})`,
      `    ${style.green('mended')}  ${mended.name}: ${mended.achieved}, with ${printable(proof.change)}`,
      ...(saved === undefined ? [] : [`    ${style.dim(`faultline simulate ${saved}`)}`]),
    ].join('\n');
  });
  const left = findings.length - shown.length;
  const rest =
    left > 0
      ? `\n${plural(left, 'finding')} of these rules could not be shown by the numbers.\n`
      : '';
  if (blocks.length === 0) return `Nothing is found that a simulation would show.\n${rest}`;
  return `${blocks.join('\n\n')}\n${rest}`;
}
