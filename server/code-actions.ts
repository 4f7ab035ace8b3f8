import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
  type Range,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  DocumentsEditor,
  type Fix,
  fixAll,
  isSuppressible,
  proposeSuppressions,
  type TextEdit,
} from '../core/index.ts';
import { type DiagnosticStyle, toDiagnostic } from './diagnostics.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import { proofActions } from './proof-actions.ts';
import { OPEN_CONFIG_COMMAND, REACH_COMMAND } from './protocol.ts';
import { touches } from './ranges.ts';
import { reachActions } from './reach-actions.ts';
import {
  ORGANISE,
  organiseAction,
  REFACTOR_KINDS,
  refactorActions,
  resolveRefactoring,
} from './refactor-actions.ts';
import { workspaceEdit } from './text-edits.ts';

/** What editors ask for on save, or by the name of the action. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.faultline`;
export const CODE_ACTION_KINDS: readonly string[] = [
  CodeActionKind.QuickFix,
  ...REFACTOR_KINDS,
  FIX_ALL,
  ORGANISE,
];

/** Each edit is read back before it is offered, and nobody looks for one in a longer list. */
const MOST_FINDINGS = 20;

export interface CodeActionStyle extends DiagnosticStyle {
  readonly support: DiagnosticStyle['support'] & {
    readonly documentChanges: boolean;
    readonly resolveEdits: boolean;
  };
  /** Commands that the client has. */
  readonly commands: ReadonlySet<unknown>;
}

/** Offers to mend what was found: one by one where the cursor is, and all that is safe at once. */
export function answerCodeActions(
  connection: Connection,
  documents: Documents,
  style: CodeActionStyle,
): void {
  connection.onCodeAction(({ textDocument, range, context }: CodeActionParams): CodeAction[] => {
    const document = documents.find(textDocument.uri);
    if (!document) return [];
    const wants = (kind: string) => context.only?.some((only) => isKindOf(kind, only)) ?? true;
    return [
      ...(wants(CodeActionKind.QuickFix) ? quickFixes(document, range, style) : []),
      ...(wants(CodeActionKind.RefactorRewrite) && style.commands.has(REACH_COMMAND)
        ? reachActions(document, range)
        : []),
      ...refactorActions(document, range, style.support).filter(({ kind = '' }) => wants(kind)),
      // It reads the whole text, so only who asks for it by its kind gets it.
      ...(context.only && wants(ORGANISE) ? organiseAction(document, style.support) : []),
      ...(wants(FIX_ALL) ? fixAllAction(document, documents, style) : []),
    ];
  });
  connection.onCodeActionResolve((action) => resolveRefactoring(action, documents, style.support));
}

function quickFixes(
  document: AnalysedDocument,
  range: Range,
  style: CodeActionStyle,
): CodeAction[] {
  const { analysis } = document;
  const editor = new LazyEditor(analysis.text);
  const here = analysis.findings
    .map((finding) => ({ finding, diagnostic: toDiagnostic(finding, analysis, style) }))
    .filter(({ diagnostic }) => touches(diagnostic.range, range))
    .slice(0, MOST_FINDINGS);
  const canOpen = style.commands.has(OPEN_CONFIG_COMMAND);
  const actionsFor = (fixes: readonly Fix[], diagnostic: Diagnostic) =>
    fixes.flatMap((fix, index) => {
      const edits = editor.edits(fix);
      if (!edits) return [];
      return [
        quickFix(fix, index === 0, diagnostic, workspaceEdit(document, edits, style.support)),
      ];
    });
  return [
    ...here.flatMap(({ finding, diagnostic }) => actionsFor(finding.fixes ?? [], diagnostic)),
    ...(canOpen ? here.flatMap((one) => proofActions(analysis, one)) : []),
    // What only silences comes behind all that mends.
    ...here
      .filter(({ finding }) => isSuppressible(finding))
      .flatMap(({ finding, diagnostic }) => actionsFor(proposeSuppressions(finding), diagnostic)),
  ];
}

function quickFix(
  { title, safe }: Fix,
  isFirst: boolean,
  diagnostic: Diagnostic,
  edit: WorkspaceEdit,
): CodeAction {
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    // Editors do the preferred one at a key press, so it must be safe.
    ...(isFirst && safe && { isPreferred: true }),
    edit,
  };
}

function fixAllAction(
  document: AnalysedDocument,
  documents: Documents,
  style: CodeActionStyle,
): CodeAction[] {
  const { analysis } = document;
  const { edits, done } = fixAll(analysis, (text) => documents.analyse(text, analysis.file));
  if (done.length === 0) return [];
  return [
    {
      title: 'Fix all safe problems in this file',
      kind: FIX_ALL,
      edit: workspaceEdit(document, edits, style.support),
    },
  ];
}

/** Reads the text only if there is something to edit in it. */
class LazyEditor {
  readonly #text: string;
  #editor: DocumentsEditor | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Nothing where the fix cannot be written without changing other places. */
  edits({ changes }: Fix): readonly TextEdit[] | undefined {
    this.#editor ??= new DocumentsEditor(this.#text);
    const planned = this.#editor.planChanges(changes);
    return planned.kind === 'edits' ? planned.edits : undefined;
  }
}

/** `source` stands for `source.fixAll.faultline` too. */
function isKindOf(kind: string, only: string): boolean {
  return kind === only || only === '' || kind.startsWith(`${only}.`);
}
