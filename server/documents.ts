import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analysis, analyse } from '../core/analyse.ts';
import { isNativeFile, type Judging } from '../core/index.ts';
import type { Configurations } from './configurations.ts';
import { RuleFailureLog } from './rule-failures.ts';

/** What was found in one version of a document. */
export interface AnalysedDocument {
  readonly version: number;
  readonly analysis: Analysis;
  /** Differs between any two analyses of any documents, so it can stand for this one. */
  readonly resultId: string;
}

/** The open resilience configs. Other documents may be open too; nobody gets to see them. */
export class Documents {
  readonly #open = new TextDocuments(TextDocument);
  /** By document, so that closing one forgets its analysis. */
  readonly #analysed = new WeakMap<TextDocument, AnalysedDocument>();
  readonly #configurations: Configurations;
  readonly #ruleFailures: RuleFailureLog;
  /** Clients may keep result ids when a server restarts, so ids name the server that gave them. */
  readonly #session = Date.now().toString(36);
  readonly #listeners: ((uri: string) => void)[] = [];
  #analyses = 0;

  constructor(connection: Connection, configurations: Configurations) {
    this.#configurations = configurations;
    this.#ruleFailures = new RuleFailureLog(connection.console);
    this.#open.listen(connection);
  }

  /** Tells of every config that was opened, edited, or is to be judged in another way. */
  onDidChange(listener: (uri: string) => void): void {
    this.#listeners.push(listener);
    this.#open.onDidChangeContent(({ document }) => isConfig(document) && listener(document.uri));
  }

  onDidOpen(listener: (uri: string) => void): void {
    this.#open.onDidOpen(({ document }) => isConfig(document) && listener(document.uri));
  }

  onDidClose(listener: (uri: string) => void): void {
    this.#open.onDidClose(({ document }) => isConfig(document) && listener(document.uri));
  }

  /** The current analysis of a config; undefined when it is not open or not a config. */
  get(uri: string): AnalysedDocument | undefined {
    const document = this.#open.get(uri);
    return document && isConfig(document) ? this.#analyse(document) : undefined;
  }

  /** All configs that are open. */
  all(): AnalysedDocument[] {
    return this.#open.all().flatMap(({ uri }) => this.get(uri) ?? []);
  }

  /** How a document is judged. */
  judgingFor(uri: string): Judging {
    return this.#configurations.judgingFor(uri);
  }

  /** Judges a text as the documents are judged. */
  analyse(text: string, uri: string): Analysis {
    return analyse(text, uri, {
      ...this.judgingFor(uri),
      onRuleFailure: this.#ruleFailures.report,
    });
  }

  /** The URIs of all that are open. */
  uris(): string[] {
    return this.#open.all().flatMap((document) => (isConfig(document) ? document.uri : []));
  }

  /** Forgets what was found, since it is to be judged in another way; tells of it as of an edit. */
  judgeAgain(uris: readonly string[] = this.uris()): void {
    for (const uri of uris) {
      const document = this.#open.get(uri);
      if (!document) continue;
      this.#analysed.delete(document);
      for (const listener of this.#listeners) listener(uri);
    }
  }

  #analyse(document: TextDocument): AnalysedDocument {
    const known = this.#analysed.get(document);
    if (known?.version === document.version) return known;
    const analysed = {
      version: document.version,
      analysis: this.analyse(document.getText(), document.uri),
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
