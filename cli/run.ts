import { didYouMean } from '../core/model/did-you-mean.ts';
import { check } from './commands/check.ts';
import { comebackCommand } from './commands/comeback.ts';
import { convertCommand } from './commands/convert.ts';
import { initCommand } from './commands/init.ts';
import { monitorCommand } from './commands/monitor.ts';
import { proveCommand } from './commands/prove.ts';
import { reachCommand } from './commands/reach.ts';
import { simulateCommand } from './commands/simulate.ts';
import { testCommand } from './commands/test.ts';
import type { Context } from './context.ts';
import { EXIT, Misuse } from './exit.ts';
import { printable } from './format/text.ts';
import { COMMAND_HELP, HELP } from './help.ts';
import { internalError } from './internal-error.ts';

type Command = (args: readonly string[], context: Context) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  check,
  simulate: simulateCommand,
  test: testCommand,
  comeback: comebackCommand,
  reach: reachCommand,
  monitor: monitorCommand,
  prove: proveCommand,
  convert: convertCommand,
  init: initCommand,
  help,
};

/** Runs `faultline` with these arguments; whatever happens, the answer is an exit code. */
export async function run(argv: readonly string[], context: Context): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    if (error instanceof Misuse) {
      const lines = error.message.split('\n').map(printable);
      context.stderr.write(`faultline: ${lines.join('\n')}\n`);
      return EXIT.misuse;
    }
    context.stderr.write(`${internalError(error, Boolean(context.env.FAULTLINE_DEBUG))}\n`);
    return EXIT.internal;
  }
}

async function dispatch(argv: readonly string[], context: Context): Promise<number> {
  const [name, ...args] = argv;
  switch (name) {
    case undefined:
      context.stderr.write(HELP);
      return EXIT.misuse;
    case '--help':
    case '-h':
      return help(args, context);
    case '--version':
    case '-v':
      context.stdout.write(`${context.version}\n`);
      return EXIT.fine;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command(args, context);
  throw unknownCommand(name, [...Object.keys(COMMANDS), '--help', '--version']);
}

async function help([topic]: readonly string[], context: Context): Promise<number> {
  const text =
    topic === undefined ? HELP : Object.hasOwn(COMMAND_HELP, topic) && COMMAND_HELP[topic];
  if (!text) throw unknownCommand(topic ?? '', Object.keys(COMMAND_HELP));
  context.stdout.write(text);
  return EXIT.fine;
}

function unknownCommand(name: string, known: readonly string[]): Misuse {
  const what = name.startsWith('-') ? 'option' : 'command';
  const guess = didYouMean(name, known);
  const hint = guess ? `Did you mean '${guess}'?` : "'faultline --help' lists what there is.";
  return new Misuse(`Unknown ${what} '${name}'. ${hint}`);
}
