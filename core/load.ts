import { analyse, blockersOf } from './analyse.ts';
import { collectImports } from './imports/index.ts';
import { ConfigError } from './policies/config-error.ts';
import type { GroupDriver } from './policies/groups.ts';
import type { ConnectionDriver } from './policies/machinery.ts';
import { Policies } from './policies/policies.ts';
import { type Clock, type RandomStream, systemClock, systemRandom } from './time/index.ts';

export interface LoadOptions {
  /** What messages call the text; its ending says whether it is YAML or JSON. */
  readonly file?: string;
  /**
   * Gives the text of a file that the config imports, by its path or URI as seen from `file`; nothing
   * where there is none. Needed where a config imports others.
   */
  readonly readFile?: (file: string) => string | undefined;
  /** The service of the config that this process is; needed where several make calls. */
  readonly service?: string;
  /**
   * How the connections of the config's pools are opened and closed, by the name of the pool. An
   * operation finds its own in its context. A pool that is not named here only limits how many
   * operations use one.
   */
  readonly connections?: Readonly<Record<string, ConnectionDriver>>;
  /** How the members of the config's redundancy groups are checked, by the name of the group. */
  readonly groups?: Readonly<Record<string, GroupDriver>>;
  /** By default the clock of the process. */
  readonly clock?: Clock;
  /** Spreads what must not happen in step, such as retries. By default that of the process. */
  readonly random?: RandomStream;
}

/**
 * Makes the policies that a config describes: the file that is checked and simulated is the one that
 * a service lives by.
 *
 * @param text of a config in YAML or JSON.
 * @throws ConfigError with the messages that the editor shows, when it cannot be read in full.
 * @throws RangeError when it has no such service.
 */
export function load<Answers extends object = Record<string, unknown>>(
  text: string,
  options: LoadOptions = {},
): Policies<Answers> {
  const {
    file = 'resilience.yaml',
    clock = systemClock,
    random = systemRandom,
    connections = {},
    groups = {},
    readFile,
    ...others
  } = options;
  const imports = readFile && collectImports(text, file, readFile);
  const analysis = analyse(text, file, { ...(imports && { imports }) });
  const blockers = blockersOf(analysis);
  if (blockers.length > 0) throw new ConfigError(file, blockers, analysis.lines);
  return new Policies(analysis.model, { clock, random, connections, groups, ...others });
}
