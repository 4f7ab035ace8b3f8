import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import { type Configuration, readConfiguration } from '../core/index.ts';

/** What a user can set about the server. */
export interface Settings {
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  /**
   * What the user has set of rules, overrides and the baseline, as a configuration file of the
   * folder that is open; absent where nothing is set.
   */
  readonly configuration?: Configuration;
}

const USUAL_SETTINGS: Settings = { inlayHints: true, codeLens: true };

/** Everything that can be set, as it is when nobody has set anything. */
export const USUAL_VALUES = {
  inlayHints: USUAL_SETTINGS.inlayHints,
  codeLens: USUAL_SETTINGS.codeLens,
  rules: {},
  overrides: [],
  baseline: '',
} as const;

type Values = { readonly [Name in keyof typeof USUAL_VALUES]?: unknown };
const SECTION = 'faultline';

export interface SettingsSupport {
  /** The client answers when it is asked for settings. */
  readonly configuration: boolean;
  /** The client tells of changes if it is asked to. */
  readonly configurationChanges: boolean;
  /** The client says which folders are open. */
  readonly workspaceFolders: boolean;
}

/** The settings of the client, asked for once for each document and again after they changed. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #support: SettingsSupport;
  readonly #asked = new Map<string, Promise<Settings>>();
  readonly #known = new Map<string, Settings>();
  readonly #listeners: (() => void)[] = [];

  constructor(connection: Connection, support: SettingsSupport, initialized: Promise<void>) {
    this.#connection = connection;
    this.#support = support;
    connection.onDidChangeConfiguration(() => {
      this.#asked.clear();
      for (const listener of this.#listeners) listener();
    });
    if (!support.configurationChanges) return;
    const changes = DidChangeConfigurationNotification.type;
    initialized
      .then(() => connection.client.register(changes, { section: SECTION }))
      .catch((error) => connection.console.warn(`Settings stay as they are now. ${error}`));
  }

  /** Tells of changes; from then on the client is asked again. */
  onDidChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The usual ones where the client does not say, or says nonsense. */
  get(uri: string): Promise<Settings> {
    if (!this.#support.configuration) return Promise.resolve(USUAL_SETTINGS);
    const known = this.#asked.get(uri) ?? this.#ask(uri);
    this.#asked.set(uri, known);
    return known;
  }

  /** What was answered last; the usual ones until then. */
  known(uri: string): Settings {
    return this.#known.get(uri) ?? USUAL_SETTINGS;
  }

  forget(uri: string): void {
    this.#asked.delete(uri);
    this.#known.delete(uri);
  }

  async #ask(scopeUri: string): Promise<Settings> {
    const [values, folder] = await Promise.all([
      this.#connection.workspace.getConfiguration({ scopeUri, section: SECTION }),
      this.#folderOf(scopeUri),
    ]).catch(() => []);
    const settings = this.#read(values ?? {}, scopeUri, folder);
    this.#known.set(scopeUri, settings);
    return settings;
  }

  #read(
    { inlayHints, codeLens, rules, overrides, baseline }: Values,
    uri: string,
    folder: string | undefined,
  ): Settings {
    // Without a folder there is nothing that paths could start from.
    const values = folder === undefined ? { rules } : { rules, overrides, baseline };
    const set = Object.entries(values).filter(([name, value]) => isSet(name, value));
    return {
      inlayHints: typeof inlayHints === 'boolean' ? inlayHints : USUAL_SETTINGS.inlayHints,
      codeLens: typeof codeLens === 'boolean' ? codeLens : USUAL_SETTINGS.codeLens,
      ...(set.length > 0 && {
        configuration: this.#configuration(Object.fromEntries(set), folder ?? uri),
      }),
    };
  }

  /** Settings are JSON, and JSON is YAML: they are read and judged just as the file is. */
  #configuration(set: Record<string, unknown>, file: string): Configuration {
    const configuration = readConfiguration(JSON.stringify(set), file);
    for (const { message } of configuration.problems) {
      this.#connection.console.warn(`In the settings '${SECTION}.*': ${message}`);
    }
    return configuration;
  }

  /** The open folder that a document is in, with a slash at the end. */
  async #folderOf(uri: string): Promise<string | undefined> {
    if (!this.#support.workspaceFolders) return undefined;
    const folders = (await this.#connection.workspace.getWorkspaceFolders()) ?? [];
    return folders
      .map((folder) => `${folder.uri.replace(/\/$/, '')}/`)
      .filter((folder) => uri.startsWith(folder))
      .reduce<string | undefined>((longest, folder) => {
        return longest && longest.length > folder.length ? longest : folder;
      }, undefined);
  }
}

function isSet(name: string, value: unknown): boolean {
  const usual: unknown = Object.hasOwn(USUAL_VALUES, name)
    ? USUAL_VALUES[name as keyof Values]
    : undefined;
  return value != null && JSON.stringify(value) !== JSON.stringify(usual);
}
