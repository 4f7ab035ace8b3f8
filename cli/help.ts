import { CHECK_HELP } from './commands/check.ts';
import { COMEBACK_HELP } from './commands/comeback.ts';
import { CONVERT_HELP } from './commands/convert.ts';
import { INIT_HELP } from './commands/init.ts';
import { MONITOR_HELP } from './commands/monitor.ts';
import { PROVE_HELP } from './commands/prove.ts';
import { REACH_HELP } from './commands/reach.ts';
import { SIMULATE_HELP } from './commands/simulate.ts';
import { TEST_HELP } from './commands/test.ts';
import { EXIT } from './exit.ts';

export const HELP = `Faultline tells you how your system survives failures: it checks and simulates resilience configs.

Usage: faultline COMMAND

  check PATH…           find weak points in configs
  simulate FILE         simulate a config and say what would happen
  test PATH…            simulate every scenario that expects something
  comeback FILE         up to which load it comes back after a fault
  reach FILE            propose the cheapest change that meets an objective
  monitor EVENTS        say what really happened, and what a config should say of it
  prove FILE            show by simulation what only a clock shows
  init [PATH…]          write a first resilience.yaml for files of other tools
  convert FILE          write what files of other tools say as a resilience config
  help [COMMAND]        explain a command
  --version             print the version

Exit codes
  ${EXIT.fine}   fine
  ${EXIT.failed}   check: findings at or above --fail-on; simulate, test: a missed expectation;
      comeback: a system that stays down, or runs that cannot tell;
      reach: an objective that is out of reach, or cannot be judged; prove: something is shown
  ${EXIT.misuse}   wrong arguments, or a file that cannot be read or simulated
  ${EXIT.interrupted} stopped by Ctrl-C: what was there by then is printed
  ${EXIT.internal}  internal error: FAULTLINE_DEBUG=1 shows where

Colours are used on a terminal; NO_COLOR turns them off, FORCE_COLOR on.
`;

/** What `faultline help COMMAND` prints. */
export const COMMAND_HELP: Readonly<Record<string, string>> = {
  check: CHECK_HELP,
  simulate: SIMULATE_HELP,
  test: TEST_HELP,
  comeback: COMEBACK_HELP,
  reach: REACH_HELP,
  monitor: MONITOR_HELP,
  prove: PROVE_HELP,
  convert: CONVERT_HELP,
  init: INIT_HELP,
};
