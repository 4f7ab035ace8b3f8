import type { CancellationToken, Connection } from 'vscode-languageserver';
import {
  type ComebackLimit,
  comebackSentence,
  loadRows,
  rateText,
  runsText,
} from '../core/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { escaped } from './markup.ts';
import { openProgress } from './progress.ts';
import { COMEBACK, type ComebackParams, type ComebackResponse } from './protocol.ts';
import { brokenDown, findDocument, invalid } from './requests.ts';
import type { Simulator } from './simulator.ts';

const TASK = 'find the load from which it stays down';

/** Answers `faultline/comeback`. The document may be edited meanwhile: the text is that of now. */
export function answerComebacks(
  connection: Connection,
  documents: Documents,
  simulator: Simulator,
): void {
  const answer = async (
    params: ComebackParams,
    token: CancellationToken,
  ): Promise<ComebackResponse> => {
    const document = findDocument(documents, params, TASK);
    const { file, model, text } = document.analysis;
    const { scenario } = params;
    if (scenario !== undefined && typeof scenario !== 'string') {
      throw invalid(TASK, "'scenario' must be a name.");
    }
    const progress = await openProgress(connection, params.workDoneToken, token, {
      title: `Looking for the load from which ${model.system} stays down`,
      stepAt: (fraction) => (fraction < 0.5 ? 'trying loads' : 'trying changes'),
    });
    const options = scenario === undefined ? {} : { scenario };
    const job = { text, file, judging: documents.judgingFor(file), options };
    try {
      const outcome = await simulator.comeback(job, progress.report, progress.token);
      if (outcome.kind === 'cancelled') return outcome;
      if (outcome.kind === 'refused') {
        const reason = outcome.problems[0]?.message ?? 'it has problems.';
        return { kind: 'nothing', message: `The config cannot be simulated: ${reason}` };
      }
      const message = comebackSentence(outcome);
      return { kind: 'found', message, page: pageOf(outcome, document) };
    } catch (error) {
      throw brokenDown(connection, `The search for the load from which ${file} stays down`, error);
    } finally {
      progress.done();
    }
  };
  connection.onRequest<ComebackResponse, void>(COMEBACK, answer);
}

const OUTCOMES = {
  'comes-back': '✔',
  stuck: '✘',
  overloaded: '✘',
  unclear: '?',
} as const;

function pageOf(found: ComebackLimit, { analysis }: AnalysedDocument): string {
  const { changes, scenario, triedAt = 1 } = found;
  const { lines, model } = analysis;
  const loads = loadRows(found).map(({ factor, seen, title }) => [
    title,
    `${rateText(found, factor)} (×${Number(factor.toPrecision(3))})`,
    seen,
  ]);
  const tried = changes.map(({ at, title, trial }) => [
    `${OUTCOMES[trial.outcome]} ${title}`,
    runsText(trial, 'cameBack'),
    String(lines.positionAt(at.start).line + 1),
  ]);
  return [
    `# ${escaped(`${model.system}: ${scenario}`)}`,
    escaped(comebackSentence(found)),
    table(['Load', 'Rate', 'Seen'], loads),
    ...(tried.length > 0
      ? [
          `## Single changes, under ${rateText(found, triedAt)}`,
          table(['Change', 'Comes back', 'Line'], tried),
        ]
      : []),
  ].join('\n\n');
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(titles), `|${' --- |'.repeat(titles.length)}`, ...rows.map(line)].join('\n');
}
