import type { Config } from '../config/index.ts';
import type { SourceRange } from '../model/source.ts';
import { type Name, namesOf, placesOf } from './names.ts';

/** A config, and what a name is in it. */
export interface View {
  readonly config: Config;
  readonly name: Name;
}

/** The configs among some in which a name means the same thing, with what is known of it there. */
export function viewsOf(name: Name, configs: readonly Config[]): readonly View[] {
  return configs.flatMap((config): View[] => {
    const found = namesOf(config.model).find(name.kind, name.name);
    return found && isSame(found, name) ? [{ config, name: found }] : [];
  });
}

/** Everywhere that a name is written in some configs, each place once, the definition first. */
export function placesAcross(name: Name, configs: readonly Config[]): readonly SourceRange[] {
  const places = new Map<string, SourceRange>();
  for (const view of viewsOf(name, configs)) {
    for (const at of placesOf(view.name)) places.set(`${at.start} ${at.file}`, at);
  }
  return [...places.values()];
}

function isSame(a: Name, b: Name): boolean {
  if (!a.definition || !b.definition) return !a.definition && !b.definition;
  const { at } = a.definition;
  return at.file === b.definition.at.file && at.start === b.definition.at.start;
}
