import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { initialConfig } from '../../core/index.ts';
import { plural } from '../../core/text/words.ts';
import { type Option, parseArguments } from '../arguments.ts';
import type { Context } from '../context.ts';
import { EXIT, Misuse } from '../exit.ts';
import { displayPath, findFiles } from '../find-files.ts';
import { OtherFormats } from '../other-formats.ts';
import { writeNewFile } from '../write-file.ts';

const OPTIONS = {
  output: { type: 'string', short: 'o' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies Record<string, Option>;

export const INIT_HELP = `Writes a first resilience.yaml for the files of other tools that there are.

Usage: faultline init [PATH…] [options]

  PATH                  files and folders; by default the current folder

The new file imports them, and asks for what they do not say: traffic, latencies, failures,
promises. Each answer lets more be judged; 'faultline simulate resilience.yaml' then plays
the whole.

Options
  -o, --output OUT      the file to write: by default resilience.yaml; never over one
  -h, --help            this text

Examples
  faultline init
  faultline init k8s dapr -o shop.resilience.yaml
`;

/** `faultline init`: writes a config that adds numbers to files of other tools. */
export async function initCommand(args: readonly string[], context: Context): Promise<number> {
  const { paths, values } = parseArguments('init', args, OPTIONS);
  if (values.has('help')) {
    context.stdout.write(INIT_HELP);
    return EXIT.fine;
  }
  const { cwd } = context;
  const others = new OtherFormats(cwd);
  const found = await findFiles(paths.length > 0 ? paths : ['.'], cwd, others.isOne);
  const files: string[] = [];
  for (const file of found) if (await others.takeIn(file)) files.push(file);
  const model = others.system();
  if (!model) {
    throw new Misuse(
      'No file of a tool that is known is there. Describe the system in a resilience.yaml of your own; the samples show how.',
    );
  }
  const output = values.get('output') ?? 'resilience.yaml';
  const path = resolve(cwd, output);
  const imports = files.map((file) => {
    const inside = relative(dirname(path), file).split(sep).join('/');
    return inside.startsWith('.') ? inside : `./${inside}`;
  });
  await writeNewFile(path, output, initialConfig(model, imports, basename(dirname(join(path)))));
  context.stdout.write(
    `Wrote ${displayPath(path, cwd)}, which imports ${plural(files.length, 'file')}. Fill in what you know.\n`,
  );
  return EXIT.fine;
}
