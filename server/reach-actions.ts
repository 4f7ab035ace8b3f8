import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { type Analysis, blockersOf } from '../core/analyse.ts';
import {
  isMissed,
  type Objective,
  objectiveNameOf,
  objectivesOf,
  objectiveText,
} from '../core/index.ts';
import type { AnalysedDocument } from './documents.ts';
import { REACH_COMMAND, type ReachCommandArguments } from './protocol.ts';
import { touches } from './ranges.ts';

/** The way to objectives that are missed by closed form, where the cursor is. */
export function reachActions({ analysis }: AnalysedDocument, range: Range): CodeAction[] {
  const { file, model } = analysis;
  const here = objectivesAt(analysis, range);
  if (here.length === 0 || blockersOf(analysis).length > 0) return [];
  return here
    .filter((objective) => isMissed(model, objective))
    .map((objective) => {
      const title = `Reach the objective: ${objectiveText(objective)}…`;
      const args: ReachCommandArguments = [file, objectiveNameOf(objective)];
      return {
        title,
        kind: CodeActionKind.RefactorRewrite,
        command: { title, command: REACH_COMMAND, arguments: [...args] },
      };
    });
}

/** Those whose value is there, or else those of the line. */
function objectivesAt({ lines, model }: Analysis, range: Range): readonly Objective[] {
  const placed = objectivesOf(model).map((objective) => {
    const { end, start } = objective.at;
    return { objective, start: lines.positionAt(start), end: lines.positionAt(end) };
  });
  const here = placed.filter((one) => touches(one, range));
  const onLine = placed.filter(
    ({ start }) => start.line >= range.start.line && start.line <= range.end.line,
  );
  return (here.length > 0 ? here : onLine).map(({ objective }) => objective);
}
