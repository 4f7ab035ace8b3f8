/**
 * Writes what follows from the schemas: the TypeScript types of their files, tables of defaults and
 * validators compiled ahead of time (no `eval` at run time, so it also works under a strict
 * content security policy). `npm run generate` writes the files; the test beside this one fails
 * when they are stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

interface Source {
  readonly schema: string;
  /** The type of a whole file. */
  readonly type: string;
  readonly target: string;
}

const SOURCES: readonly Source[] = [
  {
    schema: 'resilience.schema.json',
    type: 'ResilienceConfig',
    target: 'core/config/generated/',
  },
  {
    schema: 'faultline-config.schema.json',
    type: 'FaultlineConfiguration',
    target: 'core/configuration/generated/',
  },
];

interface JsonSchema {
  readonly properties?: Record<string, { default?: unknown; $ref?: string }>;
  readonly default?: unknown;
  readonly $defs: Record<string, JsonSchema>;
}

/** The generated files, by their paths in the project. */
export async function generate(): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const source of SOURCES) {
    const text = await readFile(new URL(source.schema, import.meta.url), 'utf8');
    for (const [name, generated] of Object.entries(await generateFrom(source, JSON.parse(text)))) {
      files[source.target + name] = generated;
    }
  }
  return files;
}

async function generateFrom(
  { schema: file, type }: Source,
  schema: JsonSchema,
): Promise<Record<string, string>> {
  const banner = `// Generated from schemas/${file} by \`npm run generate\`. Do not edit.\n`;
  const defaults = defaultsOf(schema);
  return {
    'types.ts': await generateTypes(schema, type, banner),
    ...(Object.keys(defaults).length > 0 && {
      'defaults.ts': `${banner}export const DEFAULTS = ${JSON.stringify(defaults, null, 2)} as const;\n`,
    }),
    'validate.js': banner + generateValidator(schema),
    'validate.d.ts': `${banner}import type { ErrorObject } from 'ajv';

declare const validate: {
  (data: unknown): boolean;
  errors?: ErrorObject[] | null;
};
export default validate;
`,
  };
}

function generateTypes(schema: JsonSchema, type: string, bannerComment: string): Promise<string> {
  // Without titles and id the types take the names of their definitions, plain properties stay
  // inline; `oneOf` only says which keys exclude one another, which types need not repeat. Keys known
  // by a pattern are read by their names, never by the type. A reference stands for its whole type.
  const described = JSON.parse(JSON.stringify(schema), function (this: object, key, value) {
    if (key === '$id' || key === 'oneOf' || key === 'patternProperties') return undefined;
    if (key === 'type' && '$ref' in this) return undefined;
    if (key === 'title' && typeof value === 'string') return undefined;
    if ('markdownDescription' in this && key === 'markdownDescription') {
      Object.assign(this, { description: value });
      return undefined;
    }
    return value;
  });
  return compile(described, type, {
    bannerComment,
    additionalProperties: false,
    format: false,
    unreachableDefinitions: true,
  });
}

/** Defaults by definition and key; a key that only refers to a definition takes that one's. */
function defaultsOf(schema: JsonSchema): Record<string, Record<string, unknown>> {
  const table: Record<string, Record<string, unknown>> = {};
  for (const [name, definition] of Object.entries(schema.$defs)) {
    const defaults = Object.entries(definition.properties ?? {}).flatMap(([key, property]) => {
      const referred = property.$ref && schema.$defs[property.$ref.replace('#/$defs/', '')];
      const value = property.default ?? (referred ? referred.default : undefined);
      return value === undefined ? [] : [[key, value] as const];
    });
    if (defaults.length > 0) table[name] = Object.fromEntries(defaults);
  }
  return table;
}

function generateValidator(schema: JsonSchema): string {
  const ajv = new Ajv2020({
    allErrors: true,
    allowMatchingProperties: true,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true },
  });
  return standaloneCode(ajv, ajv.compile(withoutAnnotations(schema) as never));
}

const ANNOTATIONS = ['title', 'markdownDescription', 'default', 'examples', 'x-reference'];
/** Keywords whose value maps names to schemas. */
const NAMED_SCHEMAS = ['properties', 'patternProperties', '$defs'];

/** What decides whether a value is valid: the validator carries parts of the schema with it. */
function withoutAnnotations(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutAnnotations);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key]) => !ANNOTATIONS.includes(key));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (!NAMED_SCHEMAS.includes(key)) return [key, withoutAnnotations(value)];
      const named = Object.entries(value as object);
      return [key, Object.fromEntries(named.map(([name, one]) => [name, withoutAnnotations(one)]))];
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await generate())) {
    await writeFile(new URL(`../${path}`, import.meta.url), text);
  }
}
