import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { Finding } from '../core/index.ts';
import { type DiagnosticStyle, toDiagnostic } from './diagnostics.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { openProgress } from './progress.ts';
import { SIMULATE, type SimulateParams, type SimulationResponse } from './protocol.ts';
import type { Simulator } from './simulator.ts';

/** Answers `faultline/simulate`. The document may be edited meanwhile: the text is that of now. */
export function answerSimulations(
  connection: Connection,
  documents: Documents,
  simulator: Simulator,
  style: DiagnosticStyle,
): void {
  connection.onRequest(
    SIMULATE,
    async (
      params: SimulateParams,
      token: CancellationToken,
    ): Promise<SimulationResponse | ResponseError> => {
      const uri = params?.textDocument?.uri;
      const document = documents.get(uri);
      if (!document) return notOpen(uri);
      try {
        return await run(params, document, token);
      } catch (error) {
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        connection.console.error(`A simulation of ${uri} failed. ${stack ?? message}`);
        return new ResponseError(LSPErrorCodes.RequestFailed, message);
      }
    },
  );

  async function run(
    params: SimulateParams,
    { analysis, version }: AnalysedDocument,
    token: CancellationToken,
  ): Promise<SimulationResponse> {
    const { scenario, seed, replications } = params;
    const options = {
      ...(scenario !== undefined && { scenario }),
      ...(seed !== undefined && { seed }),
      ...(replications !== undefined && { replications }),
    };
    const job = { text: analysis.text, file: analysis.file, options };
    const progress = await openProgress(connection, params.workDoneToken, token, {
      title: `Simulating ${scenario ?? analysis.model.system}`,
      replications: replications ?? analysis.model.simulation.replications.value,
    });
    try {
      const outcome = await simulator.run(job, progress.report, progress.token);
      if (outcome.kind === 'done') return { ...outcome, version };
      if (outcome.kind === 'cancelled') return outcome;
      return {
        kind: 'refused',
        diagnostics: outcome.problems.map((problem) => toDiagnostic(problem, analysis, style)),
        message: refusal(outcome.problems),
      };
    } finally {
      progress.done();
    }
  }
}

function notOpen(uri: unknown): ResponseError {
  const message =
    typeof uri === 'string'
      ? `Cannot simulate ${uri}: it is not open in the editor, or it is not a resilience config.`
      : 'Cannot simulate: the request names no document.';
  return new ResponseError(ErrorCodes.InvalidParams, message);
}

function refusal([first, ...others]: readonly Finding[]): string {
  const more =
    others.length === 0
      ? ''
      : ` (and ${others.length} more problem${others.length > 1 ? 's' : ''})`;
  return `The config cannot be simulated: ${first?.message ?? 'it has problems.'}${more}`;
}
