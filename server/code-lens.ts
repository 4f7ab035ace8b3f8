import {
  type CodeLens,
  CodeLensRefreshRequest,
  type Command,
  type Connection,
  type Position,
} from 'vscode-languageserver';
import type { Analysis, SourceRange } from '../core/index.ts';
import { insightAt } from '../core/insight-at.ts';
import { type Name, namesOf, placesAcross } from '../core/language/index.ts';
import { plural } from '../core/text/words.ts';
import type { AnalysedDocument, Documents } from './documents.ts';
import {
  CONVERT_COMMAND,
  type ConvertCommandArguments,
  RUN_COMMAND,
  type RunCommandArguments,
  SHOW_USES_COMMAND,
  type ShowUsesCommandArguments,
} from './protocol.ts';
import { toRange } from './ranges.ts';
import { whileUnchanged } from './requests.ts';
import type { ClientSettings } from './settings.ts';

/** What a lens carries until it is shown; it comes back from the client. */
interface LensData {
  readonly uri: string;
  readonly group: string;
}

/**
 * Answers what stands above a part: how much a group can take, how often a part is used, and what
 * simulates the config or a scenario. What the client has no command for is text.
 */
export function answerCodeLenses(
  connection: Connection,
  documents: Documents,
  settings: ClientSettings,
  support: { readonly codeLensRefresh: boolean; readonly commands: ReadonlySet<unknown> },
): void {
  connection.onCodeLens(async ({ textDocument }): Promise<CodeLens[]> => {
    const { codeLens } = await whileUnchanged(
      documents,
      textDocument,
      settings.get(textDocument.uri),
    );
    const document = codeLens ? documents.find(textDocument.uri) : undefined;
    if (!document) return [];
    const { analysis } = document;
    const { commands } = support;
    if (analysis.format !== undefined) return convertLenses(document, commands);
    const importers = documents.importersOf(analysis.file);
    const view = { analysis, configs: [analysis, ...importers], documents, commands };
    return [
      ...(commands.has(RUN_COMMAND) ? [simulateLens(document)] : []),
      ...[...namesOf(analysis.model).all()].flatMap((name) => {
        const at = name.definition?.at;
        return at?.file === analysis.file ? lensesOf(name, at, view) : [];
      }),
    ];
  });
  connection.onCodeLensResolve((lens) => {
    const command = levelCommand(documents, lens.data);
    return { ...lens, command: command ?? text('') };
  });
  settings.onDidChange(() => {
    if (support.codeLensRefresh) void connection.sendRequest(CodeLensRefreshRequest.type);
  });
}

/** Of a file of another tool: what simulates or converts it. The rest is for its own extension. */
function convertLenses(
  { analysis: { file, model } }: AnalysedDocument,
  commands: ReadonlySet<unknown>,
): CodeLens[] {
  const hasCalls = [...model.services.values()].some(({ calls }) => calls.length > 0);
  if (!commands.has(CONVERT_COMMAND) || (!hasCalls && model.groups.size === 0)) return [];
  const top = { line: 0, character: 0 };
  const lens = (title: string, isToBeSimulated: boolean): CodeLens => {
    const all: ConvertCommandArguments = [file, isToBeSimulated];
    return {
      range: { start: top, end: top },
      command: { title, command: CONVERT_COMMAND, arguments: [...all] },
    };
  };
  return [lens('▶ Simulate', true), lens('convert to a resilience config', false)];
}

function simulateLens({ analysis: { file, model } }: AnalysedDocument): CodeLens {
  const top = { line: 0, character: 0 };
  const title = model.scenarios.size > 0 ? '▶ Simulate without faults' : '▶ Simulate';
  return { range: { start: top, end: top }, command: run(title, [file, null]) };
}

/** What lenses of a document are made from. */
interface LensView {
  readonly analysis: Analysis;
  /** The document, and the configs that are made of it. */
  readonly configs: readonly Analysis[];
  readonly documents: Documents;
  readonly commands: ReadonlySet<unknown>;
}

function lensesOf(name: Name, at: SourceRange, view: LensView): CodeLens[] {
  const { file, lines } = view.analysis;
  const range = toRange(at, lines);
  if (name.kind === 'scenario') {
    if (!view.commands.has(RUN_COMMAND)) return [];
    return [{ range, command: run('▶ Run scenario', [file, name.name]) }];
  }
  // A component stands in a line with others, where lenses would only push them apart.
  if (name.kind === 'component') return [];
  const level: CodeLens = { range, data: { uri: file, group: name.name } satisfies LensData };
  return [
    ...(name.kind === 'group' ? [level] : []),
    { range, command: usesCommand(name, range.start, view) },
  ];
}

function usesCommand(name: Name, position: Position, view: LensView): Command {
  const { analysis, commands, configs, documents } = view;
  const uses = placesAcross(name, configs).slice(1);
  const title = uses.length === 0 ? 'not used' : `used ${times(uses.length)}`;
  if (uses.length === 0 || !commands.has(SHOW_USES_COMMAND)) return text(title);
  const places = uses.flatMap((at) => documents.locationOf(at) ?? []);
  const all: ShowUsesCommandArguments = [analysis.file, position, places];
  return { title, command: SHOW_USES_COMMAND, arguments: [...all] };
}

function times(count: number): string {
  return count === 1 ? 'once' : plural(count, 'time');
}

function levelCommand(
  documents: Documents,
  data: Partial<LensData> | undefined,
): Command | undefined {
  const analysis = typeof data?.uri === 'string' ? documents.get(data.uri)?.analysis : undefined;
  const at = analysis && namesOf(analysis.model).find('group', String(data?.group))?.definition?.at;
  const insight = at && insightAt(analysis, at.start)?.insight;
  if (insight?.kind !== 'group') return undefined;
  const { level, toleratedInAll } = insight.strength;
  const tolerated = toleratedInAll === 0 ? 'no failure' : plural(toleratedInAll, 'failure');
  return text(`${level}: tolerates ${tolerated}`);
}

function run(title: string, all: RunCommandArguments): Command {
  return { title, command: RUN_COMMAND, arguments: [...all] };
}

/** A title without anything behind it. */
function text(title: string): Command {
  return { title, command: '' };
}
