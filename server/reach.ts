import type { CancellationToken, Connection } from 'vscode-languageserver';
import { blockersOf } from '../core/analyse.ts';
import {
  applyEdits,
  findObjective,
  isMissed,
  OBJECTIVE_KINDS,
  type Objective,
  type ObjectiveName,
  objectiveNameOf,
  objectivesOf,
  objectiveText,
  reachSentence,
} from '../core/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { openProgress } from './progress.ts';
import { REACH, type ReachParams, type ReachResponse } from './protocol.ts';
import { brokenDown, findDocument, invalid } from './requests.ts';
import type { Simulator } from './simulator.ts';
import { toTextEdits } from './text-edits.ts';

const TASK = 'reach the objective';

/** Answers `faultline/reach`. The document may be edited meanwhile: the text is that of now. */
export function answerReach(
  connection: Connection,
  documents: Documents,
  simulator: Simulator,
): void {
  const answer = async (params: ReachParams, token: CancellationToken): Promise<ReachResponse> => {
    const document = findDocument(documents, params, TASK);
    const { analysis, version } = document;
    const { file, lines, model, text } = analysis;
    const objective = chosenObjective(document, params.objective);
    const [blocker] = blockersOf(analysis);
    if (blocker) return nothing(`The config cannot be judged: ${blocker.message}`);
    if (!objective) return nothing(noneMissed(document));
    const progress = await openProgress(connection, params.workDoneToken, token, {
      title: `Reaching the ${objectiveText(objective)} of ${model.system}`,
      stepAt: () => 'simulating what was found',
    });
    const job = {
      text,
      file,
      judging: documents.judgingFor(file),
      objective: objectiveNameOf(objective),
    };
    try {
      const outcome = await simulator.reach(job, progress.report, progress.token);
      switch (outcome.kind) {
        case 'cancelled':
          return outcome;
        case 'refused':
          return nothing('The config cannot be judged as it stands.');
        case 'reached': {
          const { confirmation, proposal } = outcome;
          return {
            kind: 'reached',
            version,
            message: reachSentence(objective, outcome),
            titles: proposal.edits.map(({ title }) => title),
            simulated: confirmation.simulated.map(
              ({ after, before, what }) => `${what}: ${before} before, ${after} after.`,
            ),
            edits: toTextEdits(confirmation.edits, lines),
            newText: applyEdits(text, confirmation.edits),
          };
        }
        default:
          return nothing(reachSentence(objective, outcome));
      }
    } catch (error) {
      throw brokenDown(connection, `The search for a way to meet an objective of ${file}`, error);
    } finally {
      progress.done();
    }
  };
  connection.onRequest<ReachResponse, void>(REACH, answer);
}

/** The one that is named, else the first that is missed. */
function chosenObjective(
  { analysis: { model } }: AnalysedDocument,
  named: ObjectiveName | undefined,
): Objective | undefined {
  if (named === undefined) return objectivesOf(model).find((one) => isMissed(model, one));
  const { kind, service } = named ?? {};
  const isKnown = OBJECTIVE_KINDS.includes(kind);
  if (!isKnown || !(service === undefined || typeof service === 'string')) {
    throw invalid(TASK, "'objective' must be { kind, service? }.");
  }
  const objective = findObjective(model, named);
  if (objective) return objective;
  throw invalid(TASK, `the config has no objective '${objectiveText(named)}'.`);
}

function noneMissed({ analysis: { model } }: AnalysedDocument): string {
  return objectivesOf(model).length === 0
    ? "The config promises nothing: write 'objectives'."
    : 'Every objective is met, as far as the file says.';
}

function nothing(message: string): ReachResponse {
  return { kind: 'nothing', message };
}
