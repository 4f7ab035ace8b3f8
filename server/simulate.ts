import type { CancellationToken, Connection } from 'vscode-languageserver';
import { type Finding, progressText } from '../core/index.ts';
import { plural } from '../core/text/words.ts';
import { type DiagnosticStyle, toDiagnostic } from './diagnostics.ts';
import type { Documents } from './documents.ts';
import { openProgress } from './progress.ts';
import { SIMULATE, type SimulateParams, type SimulationResponse } from './protocol.ts';
import { brokenDown, findDocument, invalid } from './requests.ts';
import type { SimulationJob, Simulator } from './simulator.ts';

const TASK = 'simulate';

/** Answers `faultline/simulate`. The document may be edited meanwhile: the text is that of now. */
export function answerSimulations(
  connection: Connection,
  documents: Documents,
  simulator: Simulator,
  style: DiagnosticStyle,
): void {
  const answer = async (
    params: SimulateParams,
    token: CancellationToken,
  ): Promise<SimulationResponse> => {
    const { analysis, version } = findDocument(documents, params, TASK);
    const { model, text, file } = analysis;
    const options = readOptions(params);
    const progress = await openProgress(connection, params.workDoneToken, token, {
      title: `Simulating ${model.system}${options.scenario ? `: ${options.scenario}` : ''}`,
      stepAt: (_fraction, step) => (step ? progressText(step) : ''),
    });
    const job = { text, file, options, judging: documents.judgingFor(file) };
    try {
      const outcome = await simulator.run(job, progress.report, progress.token);
      if (outcome.kind === 'done' || outcome.kind === 'partial') return { ...outcome, version };
      if (outcome.kind === 'cancelled') return outcome;
      return {
        kind: 'refused',
        diagnostics: outcome.problems.map((problem) => toDiagnostic(problem, analysis, style)),
        message: refusal(outcome.problems),
      };
    } catch (error) {
      throw brokenDown(connection, `A simulation of ${file}`, error);
    } finally {
      progress.done();
    }
  };
  connection.onRequest<SimulationResponse, void>(SIMULATE, answer);
}

/** Params come from any client, so their types are not certain; their values are core's to judge. */
function readOptions({
  precision,
  replications,
  scenario,
  seed,
}: SimulateParams): SimulationJob['options'] {
  if (scenario != null && typeof scenario !== 'string')
    throw invalid(TASK, "'scenario' must be a name.");
  for (const [name, value] of Object.entries({ seed, replications })) {
    if (value !== undefined && !Number.isSafeInteger(value)) {
      throw invalid(TASK, `'${name}' must be a whole number.`);
    }
  }
  if (precision !== undefined && typeof precision !== 'number') {
    throw invalid(TASK, "'precision' must be a number, such as 0.01.");
  }
  return {
    ...(precision !== undefined && { precision }),
    ...(scenario !== undefined && { scenario }),
    ...(seed !== undefined && { seed }),
    ...(replications !== undefined && { replications }),
  };
}

function refusal([first, ...others]: readonly Finding[]): string {
  const more = others.length === 0 ? '' : ` (and ${plural(others.length, 'more problem')})`;
  return `The config cannot be simulated: ${first?.message ?? 'it has problems.'}${more}`;
}
