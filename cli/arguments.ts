import { parseArgs } from 'node:util';
import { didYouMean } from '../core/model/did-you-mean.ts';
import { formatPercent, parseRatio } from '../core/time/index.ts';
import { Misuse } from './exit.ts';

/** An option of a command: a switch, or one that takes a value. */
export interface Option {
  readonly type: 'boolean' | 'string';
  readonly short?: string;
  /** The only values it takes. */
  readonly choices?: readonly string[];
}

export interface Arguments {
  readonly paths: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Splits the arguments of a command into options and paths.
 *
 * `parseArgs` is not strict here: its own errors explain how to escape a dash, these say which
 * option was meant.
 */
export function parseArguments(
  command: string,
  args: readonly string[],
  options: Readonly<Record<string, Option>>,
): Arguments {
  const plain = Object.entries(options).map(([name, { type, short }]) => [
    name,
    short === undefined ? { type } : { type, short },
  ]);
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(plain),
    strict: false,
    tokens: true,
  });
  const paths: string[] = [];
  const values = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (!option) throw unknownOption(command, token.rawName, options);
    values.set(token.name, readValue(token.rawName, token, option));
  }
  return { paths, values };
}

/** The whole number given for an option, if it is given. */
export function wholeNumber(
  { values }: Arguments,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Misuse(`'--${name} ${text}': expected a whole number from ${least} to ${most}.`);
}

/** The share given for an option, as `1%` or `0.01`, if it is given. */
export function share(
  { values }: Arguments,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const text = values.get(name);
  if (text === undefined) return undefined;
  const ratio = parseRatio(text) ?? (/^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN);
  if (ratio >= least && ratio <= most) return ratio;
  const [from, to] = [least, most].map((bound) => formatPercent(bound));
  throw new Misuse(`'--${name} ${text}': expected a share from ${from} to ${to}, such as 1%.`);
}

function readValue(
  rawName: string,
  { value, inlineValue }: { value?: string | undefined; inlineValue?: boolean | undefined },
  { type, choices }: Option,
): string {
  if (type === 'boolean') {
    if (value !== undefined) throw new Misuse(`Option '${rawName}' takes no value.`);
    return 'true';
  }
  // A following option is not a value, but a negative number is: its own message is clearer.
  const swallowed = !inlineValue && value !== undefined && /^-\D/.test(value);
  const wanted = choices ? `: ${choices.join(', ')}` : '';
  if (value === undefined || value === '' || swallowed) {
    throw new Misuse(`Option '${rawName}' needs a value${wanted}.`);
  }
  if (choices && !choices.includes(value)) {
    const guess = didYouMean(value, choices);
    const hint = guess ? `Did you mean '${guess}'?` : `Choose one of ${choices.join(', ')}.`;
    throw new Misuse(`'${rawName} ${value}' is not known. ${hint}`);
  }
  return value;
}

function unknownOption(
  command: string,
  rawName: string,
  options: Readonly<Record<string, Option>>,
): Misuse {
  const guess = didYouMean(rawName.replace(/^-+/, ''), Object.keys(options));
  const hint = guess ? `Did you mean '--${guess}'?` : `'faultline help ${command}' lists them.`;
  return new Misuse(`Unknown option '${rawName}'. ${hint}`);
}
