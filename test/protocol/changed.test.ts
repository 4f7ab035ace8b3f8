import { describe, expect, it } from 'vitest';
import { CodeLensRequest, InlayHintRequest, LSPErrorCodes } from 'vscode-languageserver';
import { connectInMemory } from './in-memory.ts';
import { WEAK } from './texts.ts';

const URI = 'file:///shop.resilience.yaml';
const TOP = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

describe('a question about a document that changes before its answer is known', () => {
  const textDocument = { uri: URI };
  it.each([
    ['textDocument/codeLens', CodeLensRequest.method, { textDocument }],
    ['textDocument/inlayHint', InlayHintRequest.method, { textDocument, range: TOP }],
  ])('%s is refused', async (_, method, params) => {
    const client = connectInMemory();
    await client.initialize();
    await client.open(URI, WEAK);
    const answer = client.connection.sendRequest(method, params);
    await client.change(URI, 2, { range: TOP, text: '# changed\n' });
    await expect(answer).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  it('is answered when it is asked again', async () => {
    const client = connectInMemory();
    await client.initialize();
    await client.open(URI, WEAK);
    await client.change(URI, 2, { range: TOP, text: '# changed\n' });
    await expect(client.inlayHints(URI)).resolves.toBeInstanceOf(Array);
  });
});
