import type { Fields } from '../fields.ts';
import { Layers } from './layers.ts';
import { type ComposePiece, isOverlay } from './piece.ts';
import { type ComposeService, readService } from './service.ts';

/**
 * Files that are run together, as far as anybody can know: a file with its override, or with one
 * that only changes it. Which files a `-f` names is not written in any of them.
 */
export interface Project {
  /** The first one is what the others change. */
  readonly files: readonly string[];
  readonly services: ReadonlyMap<string, ComposeService>;
  /** All names that may be those of services, in these files or in those beside them. */
  readonly names: ReadonlySet<string>;
  /** Whether every service that there may be is known. */
  readonly isWhole: boolean;
  /** Says something that `docker stack deploy` does not accept. */
  readonly isForCompose: boolean;
  /** Says something that only a Swarm does, or is called so. */
  readonly isForSwarm: boolean;
}

/** In the order in which Compose looks for them. Source: compose-go, `cli/options.go`. */
const DEFAULT_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
const OVERRIDE_NAME = /^(?:docker-)?compose\.override\.ya?ml$/;
/** A file that says by its name that it is for a Swarm; what is in it may say so, too. */
const SWARM_NAME = /(?:^|[-._])(?:stack|swarm)[-._]/i;
/** What `docker stack deploy` refuses. Source: docker/cli, `cli/compose/schema` and `loader`. */
export const COMPOSE_KEYS = ['extends', 'profiles', 'develop', 'provider'];
/** What `docker compose up` passes over. Source: docker/compose, `pkg/compose/create.go`. */
export const SWARM_KEYS = [
  'update_config',
  'rollback_config',
  'placement',
  'mode',
  'endpoint_mode',
];

export function projectsOf(pieces: readonly ComposePiece[]): readonly Project[] {
  const folders = new Map<string, ComposePiece[]>();
  for (const piece of pieces) {
    const folder = folderOf(piece.file);
    folders.set(folder, [...(folders.get(folder) ?? []), piece]);
  }
  const byFile = new Map(pieces.map((piece) => [piece.file, piece]));
  return [...folders.values()].flatMap((family) => {
    return viewsOf(family).map((view) => new Reader(view, family, byFile).project());
  });
}

/** Which files of a folder are run together. */
function viewsOf(family: readonly ComposePiece[]): readonly (readonly ComposePiece[])[] {
  const [main] = DEFAULT_NAMES.flatMap(
    (name) => family.find(({ file }) => nameOf(file) === name) ?? [],
  );
  const override = family.find(({ file }) => OVERRIDE_NAME.test(nameOf(file)));
  const others = family.filter((one) => one !== main && one !== override);
  const wholes = others.filter((one) => !isOverlay(one));
  const overlays = others.filter(isOverlay);
  const [only, another] = wholes;
  const base = main ?? (another ? undefined : only);
  return [
    ...(main ? [override ? [main, override] : [main]] : override ? [[override]] : []),
    ...wholes.map((one) => [one]),
    ...overlays.map((one) => (base ? [base, one] : [one])),
  ];
}

class Reader {
  readonly #view: readonly ComposePiece[];
  readonly #family: readonly ComposePiece[];
  readonly #byFile: ReadonlyMap<string, ComposePiece>;

  constructor(
    view: readonly ComposePiece[],
    family: readonly ComposePiece[],
    byFile: ReadonlyMap<string, ComposePiece>,
  ) {
    this.#view = view;
    this.#family = family;
    this.#byFile = byFile;
  }

  project(): Project {
    const services = new Map<string, ComposeService>();
    for (const name of new Set(this.#view.flatMap((one) => [...one.services.keys()]))) {
      services.set(name, this.#service(name));
    }
    const all = [...services.values()];
    const [first] = this.#view;
    const hasDefaultName = first !== undefined && DEFAULT_NAMES.includes(nameOf(first.file));
    return {
      files: this.#view.map(({ file }) => file),
      services,
      names: new Set(this.#family.flatMap((one) => [...one.services.keys()])),
      isWhole:
        hasDefaultName && !isOverlay(first) && !this.#family.some(({ hasIncludes }) => hasIncludes),
      isForCompose: this.#view.some(({ hasIncludes }) => hasIncludes) || all.some(isForCompose),
      isForSwarm:
        this.#view.some(({ file }) => isCalledSwarm(file)) ||
        all.some(({ deploy }) => SWARM_KEYS.some((key) => deploy.has(key))),
    };
  }

  #service(name: string): ComposeService {
    const layers: Fields[] = [];
    let isPartial = false;
    for (const piece of this.#view) {
      const own = piece.services.get(name);
      if (!own) continue;
      const extended = this.#extended(own, piece, new Set());
      if (!extended) isPartial = true;
      layers.push(...(extended ?? []), own);
    }
    const isNamed = WHOLE_KEYS.some((key) => layers.some((one) => one.has(key)));
    return readService(name, new Layers(layers), this.#elsewhere(name), isPartial || !isNamed);
  }

  /** The services that one is built upon, the deepest first; `undefined` where one is not here. */
  #extended(
    service: Fields,
    piece: ComposePiece,
    seen: ReadonlySet<Fields>,
  ): readonly Fields[] | undefined {
    if (!service.says('extends')) return [];
    const extended = service.part('extends');
    const name = extended.exists ? extended.text('service')?.value : service.text('extends')?.value;
    const path = extended.exists ? extended.text('file') : undefined;
    if (name === undefined || seen.has(service) || (extended.says('file') && !path))
      return undefined;
    const source = path ? this.#byFile.get(resolved(piece.file, path.value)) : piece;
    const base = source?.services.get(name);
    if (!source || !base) return undefined;
    const below = this.#extended(base, source, new Set([...seen, service]));
    return below && [...below, base];
  }

  /** What files beside these say of a service, too. */
  #elsewhere(name: string): ReadonlySet<string> {
    const others = this.#family.filter((one) => !this.#view.includes(one));
    return new Set(others.flatMap((one) => one.services.get(name)?.keys ?? []));
  }
}

const WHOLE_KEYS = ['image', 'build', 'provider'];

/** Whether a file is for a Swarm by its name: then what Compose needs of it is beside the point. */
export function isCalledSwarm(file: string): boolean {
  return SWARM_NAME.test(nameOf(file));
}

function isForCompose({ dependencies, fields, image, isBuilt }: ComposeService): boolean {
  return (
    (isBuilt && !image) ||
    COMPOSE_KEYS.some((key) => fields.has(key)) ||
    dependencies.some(({ isListed }) => !isListed)
  );
}

/** Paths or URIs, with either slash. */
function folderOf(file: string): string {
  return file.slice(0, Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
}

function nameOf(file: string): string {
  return file.slice(folderOf(file).length);
}

/** A path as it is seen from a file. */
function resolved(from: string, path: string): string {
  const folder = folderOf(from);
  const slash = folder.includes('\\') ? '\\' : '/';
  const parts = folder === '' ? [] : folder.slice(0, -1).split(slash);
  for (const step of path.split('/')) {
    if (step === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join(slash);
}
