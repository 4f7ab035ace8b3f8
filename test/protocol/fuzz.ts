import fc from 'fast-check';
import {
  CancellationTokenSource,
  ErrorCodes,
  LSPErrorCodes,
  MessageType,
  type Position,
  ResponseError,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse } from '../../core/analyse.ts';
import { toDiagnostic } from '../../server/diagnostics.ts';
import { editedText, type RandomEdit, randomEdit } from '../support/random-edits.ts';
import type { TestClient } from './client.ts';

/** Requests that say where in a document they are about. */
const REQUESTS = [
  ...['diagnostic', 'hover', 'completion', 'codeAction', 'inlayHint', 'formatting'],
  ...['documentSymbol', 'foldingRange', 'selectionRange', 'semanticTokens/full', 'definition'],
  ...['references', 'documentHighlight', 'prepareRename', 'rename', 'codeLens', 'signatureHelp'],
  ...['documentLink', 'prepareCallHierarchy'],
] as const;

/** What a server may answer instead of a result: never that something broke inside it. */
const FAIR_REFUSALS: ReadonlySet<number> = new Set([
  ErrorCodes.InvalidParams,
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.ServerCancelled,
  LSPErrorCodes.RequestFailed,
]);

const MOST_WAITING = 20;
const ANSWER_WITHIN_MS = 60_000;
/** Where texts grow without end, edits of them say nothing new. */
const MOST_CHARACTERS = 20_000;

interface Step {
  readonly document: number;
  readonly edit: RandomEdit;
  readonly request: (typeof REQUESTS)[number];
  readonly at: number;
  readonly isBeyond: boolean;
  readonly isCancelled: boolean;
  readonly reopens: boolean;
}

const oneIn = (count: number) => fc.nat(count - 1).map((drawn) => drawn === 0);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const someStep: fc.Arbitrary<Step> = fc.record({
  document: fc.nat(1_000),
  edit: randomEdit,
  request: fc.constantFrom(...REQUESTS),
  at: share,
  isBeyond: oneIn(20),
  isCancelled: oneIn(5),
  reopens: oneIn(50),
});

export interface FuzzCounts {
  answered: number;
  refused: number;
  cancelled: number;
}

interface Edited {
  readonly uri: string;
  readonly first: string;
  readonly history: string[];
  document: TextDocument;
}

/**
 * Edits documents at random, asks all kinds of questions in between and takes some of them back.
 * Replays with the seed.
 *
 * @throws when an answer is missing or out of range, something broke, or in the end other diagnostics
 * are told than a fresh analysis finds.
 */
export async function fuzz(
  client: TestClient,
  texts: readonly string[],
  { edits, seed }: { readonly edits: number; readonly seed: number },
): Promise<FuzzCounts> {
  const counts: FuzzCounts = { answered: 0, refused: 0, cancelled: 0 };
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  const documents = texts.map((first, index): Edited => {
    const uri = `file:///fuzz/${index}.resilience.yaml`;
    const document = TextDocument.create(uri, 'faultline', 1, first);
    return { uri, first, document, history: [first] };
  });
  for (const { first, uri } of documents) await client.open(uri, first);
  let waiting: Promise<void>[] = [];
  for (let done = 0; done < edits; done += MOST_WAITING) {
    for (const step of fc.sample(someStep, { seed: seed + done, numRuns: MOST_WAITING })) {
      const edited = documents[step.document % documents.length] as Edited;
      await change(client, edited, step);
      waiting.push(ask(client, edited, step, counts));
    }
    await inTime(Promise.all(waiting));
    waiting = [];
    const broken = client.logs.all.find(({ type }) => type === MessageType.Error);
    if (broken) throw new Error(`The server says: ${broken.message}`);
    if (unhandled.length > 0) throw unhandled[0];
  }
  for (const { document, uri } of documents) {
    expectSame(await client.diagnostics(uri), freshDiagnostics(document.getText(), uri), uri);
    await client.close(uri);
  }
  process.off('unhandledRejection', note);
  return counts;
}

async function change(client: TestClient, edited: Edited, step: Step): Promise<void> {
  const { first, history, uri } = edited;
  const version = edited.document.version + 1;
  if (step.reopens) {
    await client.close(uri);
    edited.document = TextDocument.create(uri, 'faultline', version, first);
    history.splice(0, history.length, first);
    await client.open(uri, first, 'faultline', version);
    return;
  }
  const before = edited.document.getText();
  const wanted = editedText(before, step.edit, history).slice(0, MOST_CHARACTERS);
  // What no text holds, such as half a character, would arrive as another one.
  const contentChange = changeTo(Buffer.from(wanted).toString(), edited.document);
  TextDocument.update(edited.document, [contentChange], version);
  history.push(edited.document.getText());
  if (history.length > 10) history.shift();
  await client.change(uri, version, contentChange);
}

/** The smallest change, as editors send it. Half a character is never sent. */
function changeTo(wanted: string, document: TextDocument): TextDocumentContentChangeEvent {
  const text = document.getText();
  const most = Math.min(text.length, wanted.length);
  let head = 0;
  while (head < most && text[head] === wanted[head]) head++;
  if (isHighSurrogate(text, head - 1)) head--;
  let tail = 0;
  while (tail < most - head && text.at(-1 - tail) === wanted.at(-1 - tail)) tail++;
  if (tail > 0 && isHighSurrogate(text, text.length - tail - 1)) tail--;
  return {
    range: {
      start: document.positionAt(head),
      end: document.positionAt(text.length - tail),
    },
    text: wanted.slice(head, wanted.length - tail),
  };
}

function isHighSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xd800 && code < 0xdc00;
}

async function ask(
  client: TestClient,
  { document, uri }: Edited,
  step: Step,
  counts: FuzzCounts,
): Promise<void> {
  const text = document.getText();
  const position: Position = step.isBeyond
    ? { line: document.lineCount + 5, character: 7 }
    : document.positionAt(Math.floor(step.at * text.length));
  const source = new CancellationTokenSource();
  const answer = client.connection.sendRequest(
    `textDocument/${step.request}`,
    {
      textDocument: { uri },
      position,
      positions: [position],
      range: { start: { line: 0, character: 0 }, end: position },
      context: { diagnostics: [], includeDeclaration: true },
      options: { tabSize: 2, insertSpaces: true },
      newName: 'renamed',
    },
    source.token,
  );
  if (step.isCancelled) source.cancel();
  try {
    const found = await answer;
    counts.answered++;
    // Between the two characters of a line end is where its line ends.
    const lines = text.split(/(?<=\n|\r(?!\n))/).map((line) => line.replace(/\n$/, '').length);
    for (const range of positionsIn(found)) {
      const length = lines[range.line] ?? (range.line === lines.length ? 0 : -1);
      if (range.character <= length || step.isBeyond) continue;
      throw new Error(
        `${step.request} speaks of ${JSON.stringify(range)}, which is not in ${JSON.stringify(text)}`,
      );
    }
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    if (!FAIR_REFUSALS.has(error.code)) {
      throw new Error(`${step.request} failed: ${error.message}, in ${JSON.stringify(text)}`);
    }
    if (error.code === LSPErrorCodes.RequestCancelled) counts.cancelled++;
    else counts.refused++;
  }
}

/** Every position in an answer. */
function positionsIn(value: unknown): Position[] {
  if (typeof value !== 'object' || value === null) return [];
  const { character, line } = value as Partial<Position>;
  if (typeof line === 'number' && typeof character === 'number') return [{ line, character }];
  return Object.values(value).flatMap(positionsIn);
}

function freshDiagnostics(text: string, uri: string): unknown {
  const analysis = analyse(text, uri);
  const support = { relatedInformation: true, codeDescription: true, unnecessaryTag: true };
  const style = { support, docsUri: undefined };
  return analysis.findings.map((finding) => toDiagnostic(finding, analysis, style));
}

function expectSame(told: unknown, fresh: unknown, uri: string): void {
  const [a, b] = [JSON.stringify(told), JSON.stringify(fresh)];
  if (a !== b) throw new Error(`${uri}: told ${a}, where a fresh analysis finds ${b}`);
}

async function inTime<T>(answers: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('A request was not answered.')), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([answers, late]);
  } finally {
    clearTimeout(timer);
  }
}
