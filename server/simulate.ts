import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { Finding } from '../core/index.ts';
import { plural } from '../core/text/words.ts';
import { type DiagnosticStyle, toDiagnostic } from './diagnostics.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { openProgress } from './progress.ts';
import { SIMULATE, type SimulateParams, type SimulationResponse } from './protocol.ts';
import type { SimulationJob, Simulator } from './simulator.ts';

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
    const { analysis, version } = findDocument(documents, params);
    const { model, text, file } = analysis;
    const options = readOptions(params);
    const progress = await openProgress(connection, params.workDoneToken, token, {
      title: `Simulating ${model.system}${options.scenario ? `: ${options.scenario}` : ''}`,
      replications: options.replications ?? model.simulation.replications.value,
    });
    const job = { text, file, options, judging: documents.judgingFor(file) };
    try {
      const outcome = await simulator.run(job, progress.report, progress.token);
      if (outcome.kind === 'done') return { ...outcome, version };
      if (outcome.kind === 'cancelled') return outcome;
      return {
        kind: 'refused',
        diagnostics: outcome.problems.map((problem) => toDiagnostic(problem, analysis, style)),
        message: refusal(outcome.problems),
      };
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      connection.console.error(`A simulation of ${file} failed. ${stack ?? message}`);
      throw new ResponseError(LSPErrorCodes.RequestFailed, message);
    } finally {
      progress.done();
    }
  };
  connection.onRequest<SimulationResponse, void>(SIMULATE, answer);
}

function findDocument(documents: Documents, params: SimulateParams): AnalysedDocument {
  const uri = params?.textDocument?.uri;
  if (typeof uri !== 'string') throw invalid('the request names no document.');
  const document = documents.get(uri);
  if (document) return document;
  throw invalid(`${uri} is not open in the editor, or it is not a resilience config.`);
}

/** Params come from any client, so their types are not certain; their values are core's to judge. */
function readOptions({ scenario, seed, replications }: SimulateParams): SimulationJob['options'] {
  if (scenario != null && typeof scenario !== 'string') throw invalid("'scenario' must be a name.");
  for (const [name, value] of Object.entries({ seed, replications })) {
    if (value !== undefined && !Number.isSafeInteger(value)) {
      throw invalid(`'${name}' must be a whole number.`);
    }
  }
  return {
    ...(scenario !== undefined && { scenario }),
    ...(seed !== undefined && { seed }),
    ...(replications !== undefined && { replications }),
  };
}

function invalid(reason: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, `Cannot simulate: ${reason}`);
}

function refusal([first, ...others]: readonly Finding[]): string {
  const more = others.length === 0 ? '' : ` (and ${plural(others.length, 'more problem')})`;
  return `The config cannot be simulated: ${first?.message ?? 'it has problems.'}${more}`;
}
