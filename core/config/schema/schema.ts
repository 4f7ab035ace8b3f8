import schemaJson from '../../../schemas/resilience.schema.json' with { type: 'json' };

/** The parts of JSON Schema that the config's schema uses and that messages are made of. */
export interface JsonSchema {
  readonly title?: string;
  readonly markdownDescription?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
  readonly pattern?: string;
  readonly $ref?: string;
}

const root = schemaJson as unknown as JsonSchema;

/** The subschema that holds the keyword at a validator's schema path, such as `#/$defs/Group/type`. */
export function schemaOf(schemaPath: string): JsonSchema {
  let schema: unknown = root;
  for (const part of schemaPath.split('/').slice(1, -1)) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    schema = (schema as Record<string, unknown> | undefined)?.[name];
  }
  return (schema ?? {}) as JsonSchema;
}

/** Patterns of the quantities, by which a pattern error is told to be about a duration, rate or share. */
export const QUANTITY_PATTERNS = new Map(
  (['Duration', 'Rate', 'Ratio'] as const).map((name) => [
    schemaOf(`#/$defs/${name}/`).pattern,
    name,
  ]),
);
