import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';

/** What a user can set about the server. */
export interface Settings {
  readonly inlayHints: boolean;
}

export const USUAL_SETTINGS: Settings = { inlayHints: true };
const SECTION = 'faultline';

export interface SettingsSupport {
  /** The client answers when it is asked for settings. */
  readonly configuration: boolean;
  /** The client tells of changes if it is asked to. */
  readonly configurationChanges: boolean;
}

/** The settings of the client, asked for once for each document and again after they changed. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #support: SettingsSupport;
  readonly #known = new Map<string, Promise<Settings>>();

  constructor(connection: Connection, support: SettingsSupport, initialized: Promise<void>) {
    this.#connection = connection;
    this.#support = support;
    if (!support.configurationChanges) return;
    const changes = DidChangeConfigurationNotification.type;
    initialized
      .then(() => connection.client.register(changes, { section: SECTION }))
      .catch((error) => connection.console.warn(`Settings stay as they are now. ${error}`));
  }

  /** Tells of changes; what was known before is forgotten. */
  onDidChange(listener: () => void): void {
    this.#connection.onDidChangeConfiguration(() => {
      this.#known.clear();
      listener();
    });
  }

  /** The usual ones where the client does not say, or says nonsense. */
  get(uri: string): Promise<Settings> {
    if (!this.#support.configuration) return Promise.resolve(USUAL_SETTINGS);
    const known = this.#known.get(uri);
    if (known) return known;
    const asked = this.#ask(uri);
    this.#known.set(uri, asked);
    return asked;
  }

  async #ask(scopeUri: string): Promise<Settings> {
    const answer = await this.#connection.workspace
      .getConfiguration({ scopeUri, section: SECTION })
      .catch(() => undefined);
    const inlayHints: unknown = (answer as Partial<Settings> | null | undefined)?.inlayHints;
    return { inlayHints: typeof inlayHints === 'boolean' ? inlayHints : USUAL_SETTINGS.inlayHints };
  }
}
