import { type Connection, type Location, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type AnalyseOptions, type Analysis, analyse } from '../core/analyse.ts';
import { AnalysisSession } from '../core/analysis-session.ts';
import {
  isNativeFile,
  type Judging,
  LineIndex,
  type Model,
  type SourceRange,
  Workspace,
} from '../core/index.ts';
import { type Configurations, decoded, type FileReader } from './configurations.ts';
import { ImportedFiles } from './imported-files.ts';
import { toRange } from './ranges.ts';
import { RuleFailureLog } from './rule-failures.ts';

/**
 * What was found in one version of a document. Whoever waits for something looks it up again: from
 * the next version on its places are those in the text of that one.
 */
export interface AnalysedDocument {
  readonly version: number;
  /** Which state of the files it was judged together with. */
  readonly revision: number;
  readonly analysis: Analysis;
  /** Differs between any two analyses of any documents, so it can stand for this one. */
  readonly resultId: string;
}

/**
 * The open resilience configs, and open files of other tools that are known by their content. Other
 * documents may be open too; nobody gets to see them.
 */
export class Documents {
  readonly #open = new TextDocuments(TextDocument);
  /** By document, so that closing one forgets its analysis. */
  readonly #analysed = new WeakMap<TextDocument, AnalysedDocument>();
  /** Of the configs. */
  readonly #sessions = new WeakMap<TextDocument, AnalysisSession>();
  /** Of configs that are not open and import others: they are asked for again and again. */
  readonly #closedSessions = new Map<string, AnalysisSession>();
  readonly #configurations: Configurations;
  readonly #imported: ImportedFiles;
  readonly #ruleFailures: RuleFailureLog;
  /** Clients may keep result ids when a server restarts, so ids name the server that gave them. */
  readonly #session = Date.now().toString(36);
  readonly #listeners: ((uri: string) => void)[] = [];
  readonly #closeListeners: ((uri: string) => void)[] = [];
  readonly #workspace = new Workspace();
  readonly #readFile: FileReader;
  /** The URIs under which files that are not open were read: clients may write them in other ways. */
  readonly #read = new Map<string, string>();
  /** Grows whenever the files of other tools do not say what they said before. */
  #revision = 0;
  #analyses = 0;

  constructor(
    connection: Connection,
    configurations: Configurations,
    readFile: FileReader = () => undefined,
  ) {
    this.#readFile = readFile;
    this.#configurations = configurations;
    this.#imported = new ImportedFiles((uri) => this.#open.get(uri)?.getText() ?? readFile(uri));
    this.#ruleFailures = new RuleFailureLog(connection.console);
    // Before anybody else is told of it, it is known whether it is ours.
    this.#open.onDidOpen(({ document }) => this.#takeIn(document));
    this.#open.onDidChangeContent(({ document }) => this.#changed(document));
    this.#open.onDidClose(({ document }) => this.#closed(document));
    this.#open.listen(connection);
  }

  /**
   * Tells of every document of ours that was opened, edited, or is to be judged in another way, and
   * of one that is ours no longer.
   */
  onDidChange(listener: (uri: string) => void): void {
    this.#listeners.push(listener);
  }

  onDidOpen(listener: (uri: string) => void): void {
    this.#open.onDidOpen(({ document }) => this.#isOurs(document) && listener(document.uri));
  }

  onDidClose(listener: (uri: string) => void): void {
    this.#closeListeners.push(listener);
  }

  /** The current analysis of a config; undefined when it is not open or not a config. */
  get(uri: string): AnalysedDocument | undefined {
    const document = this.#open.get(uri);
    return document && isConfig(document) ? this.#analyse(document) : undefined;
  }

  /** As `get`, also of a file of another tool: what its keys mean is for others to say. */
  find(uri: string): AnalysedDocument | undefined {
    const document = this.#open.get(uri);
    return document && this.#isOurs(document) ? this.#analyse(document) : undefined;
  }

  /** What a file of another tool says, with what it refers to in others. */
  systemOf(uri: string): Model | undefined {
    return this.#workspace.systemOf(uri);
  }

  /** All configs that are open. */
  all(): AnalysedDocument[] {
    return this.#open.all().flatMap(({ uri }) => this.get(uri) ?? []);
  }

  /** The configs that are made of a file too, as far as they are known; open or not. */
  importersOf(uri: string): Analysis[] {
    return this.#imported.importersOf(uri).flatMap((importer) => {
      const open = this.get(importer)?.analysis;
      if (open) return [open];
      const text = this.#imported.textOf(importer);
      return text === undefined ? [] : [this.analyseClosed(text, importer)];
    });
  }

  /** Where a place is, in any file that an open config is made of. */
  locationOf(at: SourceRange): Location | undefined {
    const open = this.get(at.file)?.analysis.lines;
    const text = open ? undefined : this.#imported.textOf(at.file);
    const lines = open ?? (text === undefined ? undefined : new LineIndex(text));
    return lines && { uri: at.file, range: toRange(at, lines) };
  }

  /** The version of a document that is open. */
  versionOf(uri: string): number | null {
    return this.#open.get(uri)?.version ?? null;
  }

  /**
   * Configs say something else than before, in the editor or on the disk: judges again what is made of
   * them.
   *
   * @returns whether there is any
   */
  filesChanged(uris: readonly string[]): boolean {
    const importers = new Set(uris.flatMap((uri) => this.#imported.importersOf(uri)));
    this.judgeAgain([...importers]);
    return importers.size > 0;
  }

  /** How a document is judged. */
  judgingFor(uri: string): Judging {
    const judging = this.#configurations.judgingFor(uri);
    const document = this.#open.get(uri);
    const imports =
      document && isConfig(document) && this.#imported.importsOf(document.getText(), uri);
    return imports ? { ...judging, imports } : judging;
  }

  /** Judges a config that is not open. */
  analyseClosed(text: string, uri: string): Analysis {
    const imports = this.#imported.importsOf(text, uri);
    const session = this.#closedSessions.get(uri) ?? new AnalysisSession(uri);
    if (imports) this.#closedSessions.set(uri, session);
    return session.update(text, { ...this.#optionsFor(uri), ...(imports && { imports }) });
  }

  /** The configs that are made of a file too, open or not. */
  importerUris(uri: string): readonly string[] {
    return this.#imported.importersOf(uri);
  }

  /** Judges a text as if it were that of a document. */
  analyse(text: string, uri: string): Analysis {
    const options = this.#optionsFor(uri);
    const now = this.#workspace.has(uri) ? this.#open.get(uri)?.getText() : undefined;
    if (now === undefined) return analyse(text, uri, options);
    this.#workspace.set(uri, text);
    const analysis = this.#workspace.analyse(uri, options);
    this.#workspace.set(uri, now);
    return analysis ?? analyse(text, uri, options);
  }

  /** The URIs of all that are open. */
  uris(): string[] {
    return this.#open.all().flatMap((document) => (this.#isOurs(document) ? document.uri : []));
  }

  /** Forgets what was found, since it is to be judged in another way; tells of it as of an edit. */
  judgeAgain(uris: readonly string[] = this.uris()): void {
    for (const uri of uris) {
      const document = this.#open.get(uri);
      if (!document) continue;
      this.#analysed.delete(document);
      this.#tell(uri);
    }
  }

  /**
   * Reads a file that is not open, to judge others together with it.
   *
   * @returns whether that may change what is found in open ones
   */
  readFile(uri: string): boolean {
    const key = decoded(uri);
    if (isNativeFile(uri)) return false;
    if (this.#isOpen(key)) {
      // For when it is closed.
      this.#read.set(key, uri);
      return false;
    }
    const text = this.#readFile(uri);
    const wasKnown = this.#workspace.has(uri);
    const isKnown = text !== undefined && this.#workspace.set(uri, text);
    if (isKnown) this.#read.set(key, uri);
    else {
      this.#read.delete(key);
      this.#workspace.delete(uri);
    }
    if (!wasKnown && !isKnown) return false;
    this.#tellOthers(uri);
    return true;
  }

  /** As `readFile`, of a file that is gone. */
  forgetFile(uri: string): boolean {
    const key = decoded(uri);
    const known = this.#read.get(key);
    this.#read.delete(key);
    if (known === undefined || this.#isOpen(key)) return false;
    this.#workspace.delete(known);
    this.#tellOthers(known);
    return true;
  }

  #isOpen(key: string): boolean {
    return this.#open.all().some(({ uri }) => decoded(uri) === key);
  }

  #isOurs(document: TextDocument): boolean {
    return isConfig(document) || this.#workspace.has(document.uri);
  }

  /** @returns whether it is a file of another tool that is known */
  #takeIn(document: TextDocument): boolean {
    if (isConfig(document)) return false;
    const { uri } = document;
    const read = this.#read.get(decoded(uri));
    if (read !== undefined && read !== uri) this.#workspace.delete(read);
    return this.#workspace.set(uri, document.getText());
  }

  #changed(document: TextDocument): void {
    const { uri } = document;
    if (isConfig(document)) {
      this.#tell(uri);
      this.filesChanged([uri]);
    } else {
      const wasOurs = this.#workspace.has(uri);
      const isOurs = this.#takeIn(document);
      if (!wasOurs && !isOurs) return;
      this.#tell(uri);
      this.#tellOthers(uri);
      // A config may say of it what it does not say itself.
      this.filesChanged([uri]);
    }
  }

  #closed(document: TextDocument): void {
    const { uri } = document;
    if (!this.#isOurs(document)) return;
    this.#workspace.delete(uri);
    for (const listener of this.#closeListeners) listener(uri);
    this.#imported.closed(uri);
    if (isConfig(document)) {
      this.filesChanged([uri]);
      return;
    }
    // From now on the file says what it says on the disk.
    const read = this.#read.get(decoded(uri));
    const text = read === undefined ? undefined : this.#readFile(read);
    if (read !== undefined && text !== undefined) this.#workspace.set(read, text);
    this.#tellOthers(uri);
  }

  /** What one file says may be half of what another one does. */
  #tellOthers(uri: string): void {
    this.#revision += 1;
    for (const other of this.#workspace.files) {
      if (other !== uri && this.#open.get(other)) this.#tell(other);
    }
  }

  #tell(uri: string): void {
    for (const listener of this.#listeners) listener(uri);
  }

  #optionsFor(uri: string): AnalyseOptions {
    return { ...this.judgingFor(uri), onRuleFailure: this.#ruleFailures.report };
  }

  #judge(document: TextDocument): Analysis {
    const { uri } = document;
    if (!isConfig(document)) return this.analyse(document.getText(), uri);
    const session = this.#sessions.get(document) ?? new AnalysisSession(uri);
    this.#sessions.set(document, session);
    return session.update(document.getText(), this.#optionsFor(uri));
  }

  #analyse(document: TextDocument): AnalysedDocument {
    const known = this.#analysed.get(document);
    const revision = isConfig(document) ? 0 : this.#revision;
    if (known?.version === document.version && known.revision === revision) return known;
    const analysed = {
      version: document.version,
      revision,
      analysis: this.#judge(document),
      resultId: `${this.#session}-${++this.#analyses}`,
    };
    this.#analysed.set(document, analysed);
    return analysed;
  }
}

/** Whether a document is ours: by the language the editor gave it, or by its name. */
function isConfig({ languageId, uri }: TextDocument): boolean {
  return languageId === 'faultline' || isNativeFile(uri.replace(/[?#].*$/s, ''));
}
