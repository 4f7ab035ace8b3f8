import { type Connection, MarkupKind, type SignatureHelp } from 'vscode-languageserver';
import { signatureAt } from '../core/language/index.ts';
import type { Documents } from './documents.ts';

/** Keys after which what a number means may be shown. */
export const SIGNATURE_TRIGGERS: readonly string[] = [':', ' '];

/** Answers what the duration, rate or share that is being typed means. */
export function answerSignatureHelp(connection: Connection, documents: Documents): void {
  connection.onSignatureHelp(({ position, textDocument }): SignatureHelp | null => {
    const document = documents.get(textDocument.uri);
    if (!document) return null;
    const { lines } = document.analysis;
    const found = signatureAt(document.analysis, lines.offsetAt(position));
    if (!found) return null;
    const { active, label, parts, schema, total } = found;
    const value = [total, schema.markdownDescription].filter(Boolean).join('\n\n');
    return {
      signatures: [
        {
          label,
          documentation: { kind: MarkupKind.Markdown, value },
          parameters: parts.map(({ end, says, start }) => ({
            label: [start, end],
            documentation: says,
          })),
        },
      ],
      activeSignature: 0,
      activeParameter: active,
    };
  });
}
