import type { LineIndex } from '../config/index.ts';
import type { Finding } from '../model/finding.ts';
import type { Sourced } from '../model/source.ts';
import type { RuleSetting, RuleSettings } from '../rules/index.ts';
import { matchesGlob } from './glob.ts';

/** The name of the file; the nearest one above a config speaks for it. */
export const CONFIGURATION_NAME = 'faultline.config.yaml';

/** What a configuration file says, as far as it could be read. */
export interface Configuration {
  readonly file: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly rules: RuleSettings;
  readonly overrides: readonly Override[];
  /** The file of the baseline, from the folder of the configuration. */
  readonly baseline?: Sourced<string>;
  /** What is wrong with the configuration itself. */
  readonly problems: readonly Finding[];
}

/** Other settings for the files that match one of the patterns. */
export interface Override {
  readonly files: readonly string[];
  readonly rules: RuleSettings;
}

/**
 * The settings of the rules for one file: those for all files, with those of the overrides that speak
 * of it laid over them, key by key, in the order of the file.
 *
 * @param path of the file from the folder of the configuration, with slashes.
 */
export function settingsFor({ rules, overrides }: Configuration, path: string): RuleSettings {
  return overrides
    .filter(({ files }) => files.some((pattern) => matchesGlob(path, pattern)))
    .reduce((settings, override) => layered(settings, override.rules), rules);
}

/** Settings laid over others, key by key. */
export function layered(below: RuleSettings, above: RuleSettings): RuleSettings {
  const settings = new Map(below);
  for (const [id, setting] of above) settings.set(id, merged(settings.get(id), setting));
  return settings;
}

function merged(below: RuleSetting | undefined, above: RuleSetting): RuleSetting {
  const parameters = { ...below?.parameters, ...above.parameters };
  return { ...below, ...above, ...(Object.keys(parameters).length > 0 && { parameters }) };
}
