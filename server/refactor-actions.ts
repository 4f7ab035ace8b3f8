import {
  type CodeAction,
  CodeActionKind,
  LSPErrorCodes,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import { ConfigEditor } from '../core/index.ts';
import { organiseEdit, type Refactoring, refactoringsAt } from '../core/language/index.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { isJsonFile } from './ranges.ts';
import { workspaceEdit } from './text-edits.ts';

/** The order of sections. It is no `source.organizeImports`, which many have done on every save. */
export const ORGANISE = `${CodeActionKind.Source}.organize.faultline`;

const KINDS: Readonly<Record<Refactoring['kind'], CodeActionKind>> = {
  extract: CodeActionKind.RefactorExtract,
  inline: CodeActionKind.RefactorInline,
  rewrite: CodeActionKind.RefactorRewrite,
};
export const REFACTOR_KINDS: readonly string[] = Object.values(KINDS);

interface RefactorSupport {
  readonly documentChanges: boolean;
  /** The client asks for the edit of an action when it is chosen. */
  readonly resolveEdits: boolean;
}

/** What an action carries until it is chosen; it comes back from the client. */
interface RefactorData {
  readonly uri: string;
  readonly version: number;
  readonly offset: number;
}

/**
 * What may be wanted of the part under the cursor, without anything being wrong. Editors ask at every
 * move of the cursor, so what is to be edited is worked out when an action is chosen, if that can be.
 */
export function refactorActions(
  document: AnalysedDocument,
  { start }: Range,
  support: RefactorSupport,
): CodeAction[] {
  const { analysis, version } = document;
  const offset = analysis.lines.offsetAt(start);
  return refactoringsAt(analysis, offset).flatMap((refactoring): CodeAction[] => {
    const { kind, title } = refactoring;
    if (support.resolveEdits) {
      const data: RefactorData = { uri: analysis.file, version, offset };
      return [{ title, kind: KINDS[kind], data }];
    }
    const edit = editOf(refactoring, document, support);
    return edit ? [{ title, kind: KINDS[kind], edit }] : [];
  });
}

/**
 * An action with its edit.
 *
 * @throws ResponseError where the document has changed, or the edit would change other places too
 */
export function resolveRefactoring(
  action: CodeAction,
  documents: Documents,
  support: RefactorSupport,
): CodeAction {
  const { offset, uri, version } = (action.data ?? {}) as Partial<RefactorData>;
  if (typeof uri !== 'string' || typeof offset !== 'number') return action;
  const document = documents.get(uri);
  if (document?.version !== version || !document) {
    throw new ResponseError(LSPErrorCodes.ContentModified, `${uri} has changed.`);
  }
  const chosen = refactoringsAt(document.analysis, offset).find(
    ({ title }) => title === action.title,
  );
  const edit = chosen && editOf(chosen, document, support);
  if (edit) return { ...action, edit };
  const message = `Cannot do that here: other places of ${uri} would change with it.`;
  throw new ResponseError(LSPErrorCodes.RequestFailed, message);
}

function editOf(
  { changes }: Refactoring,
  document: AnalysedDocument,
  support: RefactorSupport,
): CodeAction['edit'] {
  const planned = new ConfigEditor(document.analysis.text).planChanges(changes);
  return planned.kind === 'edits' ? workspaceEdit(document, planned.edits, support) : undefined;
}

export function organiseAction(document: AnalysedDocument, support: RefactorSupport): CodeAction[] {
  const { file, text } = document.analysis;
  const edit = isJsonFile(file) ? undefined : organiseEdit(text);
  if (!edit) return [];
  return [
    {
      title: 'Put the sections in order',
      kind: ORGANISE,
      edit: workspaceEdit(document, [edit], support),
    },
  ];
}
