/**
 * Writes what follows from the schema: the TypeScript types of a config, its table of defaults and
 * the validator compiled ahead of time (no `eval` at run time, so it also works under a strict
 * content security policy). `npm run generate` writes the files; the test beside this one fails
 * when they are stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

const BANNER =
  '// Generated from schemas/resilience.schema.json by `npm run generate`. Do not edit.\n';
const SCHEMA_FILE = new URL('resilience.schema.json', import.meta.url);
const TARGET = new URL('../core/config/generated/', import.meta.url);

interface JsonSchema {
  readonly properties?: Record<string, { default?: unknown; $ref?: string }>;
  readonly default?: unknown;
  readonly $defs: Record<string, JsonSchema>;
}

/** The generated files, by name in core/config/generated. */
export async function generate(): Promise<Record<string, string>> {
  const schema = JSON.parse(await readFile(SCHEMA_FILE, 'utf8')) as JsonSchema;
  return {
    'types.ts': await generateTypes(schema),
    'defaults.ts': generateDefaults(schema),
    'validate.js': generateValidator(schema),
    'validate.d.ts': `${BANNER}import type { ErrorObject } from 'ajv';

declare const validate: {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
};
export default validate;
`,
  };
}

function generateTypes(schema: JsonSchema): Promise<string> {
  // Without titles and id the types take the names of their definitions, plain properties stay
  // inline; `oneOf` only says which keys exclude one another, which types need not repeat.
  const described = JSON.parse(JSON.stringify(schema), function (this: object, key, value) {
    if (key === '$id' || key === 'oneOf') return undefined;
    if (key === 'title' && typeof value === 'string') return undefined;
    if ('markdownDescription' in this && key === 'markdownDescription') {
      Object.assign(this, { description: value });
      return undefined;
    }
    return value;
  });
  return compile(described, 'ResilienceConfig', {
    bannerComment: BANNER,
    additionalProperties: false,
    format: false,
    unreachableDefinitions: true,
  });
}

/** Defaults by definition and key; a key that only refers to a definition takes that one's. */
function generateDefaults(schema: JsonSchema): string {
  const table: Record<string, Record<string, unknown>> = {};
  for (const [name, definition] of Object.entries(schema.$defs)) {
    const defaults = Object.entries(definition.properties ?? {}).flatMap(([key, property]) => {
      const referred = property.$ref && schema.$defs[property.$ref.replace('#/$defs/', '')];
      const value = property.default ?? (referred ? referred.default : undefined);
      return value === undefined ? [] : [[key, value] as const];
    });
    if (defaults.length > 0) table[name] = Object.fromEntries(defaults);
  }
  return `${BANNER}export const DEFAULTS = ${JSON.stringify(table, null, 2)} as const;\n`;
}

function generateValidator(schema: JsonSchema): string {
  const ajv = new Ajv2020({
    allErrors: true,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true },
  });
  for (const annotation of ['markdownDescription', 'x-reference']) ajv.addKeyword(annotation);
  return BANNER + standaloneCode(ajv, ajv.compile(schema as never));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, text] of Object.entries(await generate())) {
    await writeFile(new URL(name, TARGET), text);
  }
}
