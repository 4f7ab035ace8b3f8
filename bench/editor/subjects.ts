import { existsSync } from 'node:fs';
import { parse } from 'yaml';
import { nativeFile } from '../native-file.ts';

/** A language server that is measured, and the file that it is measured on. */
export interface Subject {
  readonly name: string;
  /** The script that Node runs. */
  readonly script: string;
  readonly args: readonly string[];
  readonly languageId: string;
  readonly file: string;
  text(lines: number): string;
  /** Whether it publishes diagnostics rather than being asked for them. */
  readonly pushes?: boolean;
  /** What it is told of its settings, by section, given the schema and where it is. */
  settings?(schema: object, schemaUri: string): Readonly<Record<string, unknown>>;
}

const yaml = {
  languageId: 'yaml',
  file: 'file:///bench.resilience.yaml',
  text: nativeFile,
} as const;
const reference = (name: string): Subject => ({
  ...yaml,
  name: `a server that ${name === 'null' ? 'does nothing' : 'only parses with `yaml`'}`,
  script: 'bench/editor/reference-server.ts',
  args: [name],
});

export const FAULTLINE: Subject = {
  ...yaml,
  name: 'Faultline',
  script: 'dist/server.cjs',
  args: ['--stdio'],
  languageId: 'faultline',
};

export const JSON_SERVER: Subject = {
  name: "VS Code's JSON server",
  script: 'bench/peers/node_modules/vscode-langservers-extracted/bin/vscode-json-language-server',
  args: ['--stdio'],
  languageId: 'json',
  file: 'file:///bench.resilience.json',
  text: jsonTwin,
  settings: (schema) => ({
    json: { validate: { enable: true }, schemas: [{ fileMatch: ['*.resilience.json'], schema }] },
  }),
};

const YAML_SERVER: Subject = {
  ...yaml,
  name: 'yaml-language-server, as shipped',
  script: 'bench/peers/node_modules/yaml-language-server/bin/yaml-language-server',
  args: ['--stdio'],
  pushes: true,
  settings: (_schema, schemaUri) => ({
    yaml: {
      validate: true,
      hover: true,
      completion: true,
      schemaStore: { enable: false },
      schemas: { [schemaUri]: '*.resilience.yaml' },
    },
  }),
};

/** Faultline, and what is there to be measured beside it: `npm ci --prefix bench/peers` adds peers. */
export const SUBJECTS: readonly Subject[] = [
  FAULTLINE,
  JSON_SERVER,
  YAML_SERVER,
  reference('parse'),
  reference('null'),
].filter(({ script }) => existsSync(script));

/** A native config in JSON, as editors format it, of about the given number of lines. */
function jsonTwin(lines: number): string {
  const written = (size: number) => `${JSON.stringify(parse(nativeFile(size)), null, 2)}\n`;
  const linesPerLine = written(2_000).split('\n').length / 2_000;
  return written(Math.round(lines / linesPerLine));
}
