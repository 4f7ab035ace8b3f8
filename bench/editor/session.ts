import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import {
  CompletionRequest,
  type ConfigurationParams,
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Subject } from './subjects.ts';

const SCHEMA = 'schemas/resilience.schema.json';

/** What is asked for right after an edit. */
export type Question = 'diagnostics' | 'hover' | 'completion';

/** One server at work, and the one client that all of them are measured with. */
export class Session {
  readonly subject: Subject;
  /** From the start of the process to its answer to `initialize`. */
  readonly startMs: number;
  readonly #connection: ProtocolConnection;
  readonly #process: ReturnType<typeof spawn>;
  #version = 0;
  #place: Position = { line: 0, character: 0 };
  #onPublish: (() => void) | undefined;

  private constructor(
    subject: Subject,
    process: ReturnType<typeof spawn>,
    connection: ProtocolConnection,
    startMs: number,
  ) {
    this.subject = subject;
    this.#process = process;
    this.#connection = connection;
    this.startMs = startMs;
    connection.onNotification(PublishDiagnosticsNotification.type, () => this.#onPublish?.());
  }

  static async start(subject: Subject): Promise<Session> {
    const begin = performance.now();
    const server = spawn(process.execPath, [subject.script, ...subject.args], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    if (!server.stdout || !server.stdin) throw new Error('The server has no streams.');
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    const schema = JSON.parse(readFileSync(SCHEMA, 'utf8'));
    const settings = subject.settings?.(schema, pathToFileURL(SCHEMA).href) ?? {};
    connection.onRequest(ConfigurationRequest.method, ({ items }: ConfigurationParams) =>
      items.map(({ section }) => settings[section ?? ''] ?? null),
    );
    connection.onRequest(RegistrationRequest.type, () => {});
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { ...(!subject.pushes && { diagnostic: {} }), completion: {}, hover: {} },
      },
    });
    const startMs = performance.now() - begin;
    await connection.sendNotification(InitializedNotification.type, {});
    await connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
    return new Session(subject, server, connection, startMs);
  }

  /** Opens a file of about so many lines and waits until it is judged. */
  async open(lines: number): Promise<void> {
    const { file: uri, languageId } = this.subject;
    const text = this.subject.text(lines);
    const before = text.slice(0, text.lastIndexOf('minHealthy', text.length / 4));
    const line = before.split('\n').length - 1;
    this.#place = { line, character: text.split('\n')[line]?.search(/\d/) ?? 0 };
    const judged = this.#published();
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 0, text },
    });
    if (this.subject.pushes) await judged;
    else await this.#ask('diagnostics');
  }

  /** Types a digit, or takes it back, and asks. Returns how long it took, in milliseconds. */
  async edit(question: Question): Promise<number> {
    const { file: uri } = this.subject;
    this.#version++;
    const start = this.#place;
    const isTyped = this.#version % 2 === 1;
    const end = isTyped ? start : { line: start.line, character: start.character + 1 };
    const begin = performance.now();
    const published = this.#published();
    await this.#connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: this.#version },
      contentChanges: [{ range: { start, end }, text: isTyped ? '1' : '' }],
    });
    if (question === 'diagnostics' && this.subject.pushes) await published;
    else await this.#ask(question);
    return performance.now() - begin;
  }

  /** Resident memory, in MB; as `ps` says it. */
  memoryMb(): number {
    const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(this.#process.pid)]);
    return Number(kilobytes.toString()) / 1000;
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.#connection.sendRequest(ShutdownRequest.type);
    await this.#connection.sendNotification(ExitNotification.type);
    await exited;
    this.#connection.dispose();
  }

  async #ask(question: Question): Promise<void> {
    const textDocument = { uri: this.subject.file };
    const position = this.#place;
    if (question === 'diagnostics') {
      await this.#connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    } else if (question === 'hover') {
      await this.#connection.sendRequest(HoverRequest.type, { textDocument, position });
    } else await this.#connection.sendRequest(CompletionRequest.type, { textDocument, position });
  }

  #published(): Promise<void> {
    return new Promise((resolve) => {
      this.#onPublish = resolve;
    });
  }
}
