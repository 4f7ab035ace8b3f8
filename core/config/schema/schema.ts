import schemaJson from '../../../schemas/resilience.schema.json' with { type: 'json' };

/** The parts of JSON Schema that the config's schema uses and that messages are made of. */
export interface JsonSchema {
  readonly title?: string;
  readonly markdownDescription?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
  readonly pattern?: string;
  /** What the text names: a section, or `callee`, `target` or `component`. */
  readonly 'x-reference'?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** A schema as a whole, with the definitions that its parts refer to. */
export class SchemaDocument {
  readonly root: JsonSchema;

  constructor(json: object) {
    this.root = json;
  }

  /** The schema of the value at a JSON pointer; empty for places that it does not know. */
  at(pointer: string): JsonSchema {
    let schema = this.root;
    for (const part of pointer.split('/').slice(1)) {
      schema = this.inside(schema, part.replaceAll('~1', '/').replaceAll('~0', '~'));
    }
    return schema;
  }

  /** The schema of what a value has under a key, or as an item; empty where it does not know. */
  inside(schema: JsonSchema, name: string): JsonSchema {
    const { additionalProperties, items } = schema;
    const named = typeof additionalProperties === 'object' ? additionalProperties : undefined;
    return this.#resolved(propertyOf(schema, name) ?? named ?? items ?? {});
  }

  /** A reference together with what it refers to; what is said beside the reference wins. */
  #resolved(schema: JsonSchema): JsonSchema {
    if (!schema.$ref) return schema;
    return { ...this.root.$defs?.[schema.$ref.replace('#/$defs/', '')], ...schema };
  }
}

/** The schema of a key that a mapping knows, by its name or by a pattern of names. */
export function propertyOf(schema: JsonSchema, name: string): JsonSchema | undefined {
  const { patternProperties = {}, properties } = schema;
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  return Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(name))?.[1];
}

/** The schema of resilience configs. */
export const RESILIENCE = new SchemaDocument(schemaJson);
const { root } = RESILIENCE;

export type Quantity = 'Duration' | 'Rate' | 'Ratio';

const QUANTITIES = new Map(
  (['Duration', 'Rate', 'Ratio'] as const).map((name) => [root.$defs?.[name]?.pattern, name]),
);

/** Which quantity a value is, if any: told by its pattern, which has one home in the schema. */
export function quantityOf(schema: JsonSchema): Quantity | undefined {
  return schema.pattern === undefined ? undefined : QUANTITIES.get(schema.pattern);
}

/** Whether a definition of the schema knows a key. */
export function knowsKey(definition: string, key: string): boolean {
  return propertyOf(definitionOf(definition), key) !== undefined;
}

/**
 * The schemas of the keys that a definition of the schema knows by name; those of the whole config
 * for the root.
 */
export function propertiesOf(definition: string): Readonly<Record<string, JsonSchema>> {
  return definitionOf(definition).properties ?? {};
}

function definitionOf(name: string): JsonSchema {
  return (name === 'ResilienceConfig' ? root : root.$defs?.[name]) ?? {};
}

/** Whether a key of the file holds entries that anybody may name, each of which is judged alone. */
export function holdsNamedEntries(key: string): boolean {
  return typeof propertiesOf('ResilienceConfig')[key]?.additionalProperties === 'object';
}
