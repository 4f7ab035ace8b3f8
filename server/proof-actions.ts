import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import { type Analysis, type Finding, prove } from '../core/index.ts';
import { OPEN_CONFIG_COMMAND, type OpenConfigCommandArguments } from './protocol.ts';

/** Shows what a finding says in a small config that is simulated, where that can be made to happen. */
export function proofActions(
  analysis: Analysis,
  { diagnostic, finding }: { readonly diagnostic: Diagnostic; readonly finding: Finding },
): CodeAction[] {
  const proof = prove(analysis, finding);
  if (!proof) return [];
  const title = 'Simulate this: see it happen';
  const args: OpenConfigCommandArguments = [proof.text, true];
  return [
    {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title, command: OPEN_CONFIG_COMMAND, arguments: [...args] },
    },
  ];
}
