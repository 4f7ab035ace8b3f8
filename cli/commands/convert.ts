import { resolve } from 'node:path';
import { convert } from '../../core/index.ts';
import { type Option, parseArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findOneFile } from '../find-files.ts';
import { OtherFormats } from '../other-formats.ts';
import { writeNewFile } from '../write-file.ts';

const OPTIONS = {
  to: { type: 'string', choices: ['native'] },
  output: { type: 'string', short: 'o' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const CONVERT_HELP = `Writes what a file of another tool says as a resilience config of Faultline's own format.

Usage: faultline convert FILE [options]

  FILE                  of Dapr, Istio, Kubernetes or another tool that is known; what it refers
                        to in the files beside it comes along

Defaults of the tool are written out, and remarked on. What the format cannot say is
remarked on too.

Options
  --to native           what to convert to; there is nothing else yet
  -o, --output OUT      write into a new file, instead of printing
  -h, --help            this text

Examples
  faultline convert dapr/resiliency.yaml
  faultline convert istio/routes.yaml -o routes.resilience.yaml
`;

/** `faultline convert`: prints or writes a native config. */
export async function convertCommand(args: readonly string[], context: Context): Promise<number> {
  const { paths, values } = parseArguments('convert', args, OPTIONS);
  if (values.has('help')) {
    context.stdout.write(CONVERT_HELP);
    return EXIT.fine;
  }
  if (paths.length === 0) throw new Misuse('Name the file to convert, such as resiliency.yaml.');
  const path = await findOneFile(paths, context.cwd);
  const shown = displayPath(path, context.cwd);
  const others = new OtherFormats(context.cwd);
  await others.takeInWithNeighbours(path);
  const model = others.systemOf(shown);
  if (!model) {
    throw new Misuse(
      `'${shown}' says nothing that could be converted: it is no file of a tool that is known, a template, or broken. 'faultline check ${shown}' says more.`,
    );
  }
  const text = convert(model, shown);
  const output = values.get('output');
  if (output === undefined) context.stdout.write(text);
  else {
    await writeNewFile(resolve(context.cwd, output), output, text);
    context.stdout.write(`Wrote ${output}.\n`);
  }
  return EXIT.fine;
}
