/** What a monitor is told about the system. */
export interface MonitorOptions {
  /** The components that there are, each with its group if it belongs to one. */
  readonly components: readonly { readonly id: string; readonly group?: string }[];
  readonly groups: readonly {
    readonly name: string;
    /** Members that have to be up for the group to be available; 0 or more. */
    readonly minHealthy: number;
    /** May leave out components that name the group themselves. */
    readonly members: readonly string[];
  }[];
  /** When recording began, ms, by default 0. No window reaches back further. */
  readonly observedFromMs?: number;
}

/** What has to be available: a group, or a component outside all groups as a group of one. */
export interface Part {
  readonly name: string;
  readonly minHealthy: number;
  readonly members: readonly string[];
}

/** The components of a system and how they are grouped. */
export class Parts {
  readonly #groups = new Map<string, Part>();
  /** The group of each component; one outside all groups has none. */
  readonly #groupOf = new Map<string, string | undefined>();

  /** @throws RangeError when a component names a group that is not there. */
  constructor({ components, groups }: MonitorOptions) {
    for (const { id, group } of components) this.#groupOf.set(id, group);
    for (const { name, minHealthy, members: listed } of groups) {
      const naming = components.filter((component) => component.group === name);
      const members = [...new Set([...naming.map(({ id }) => id), ...listed])];
      for (const id of members) this.#groupOf.set(id, name);
      this.#groups.set(name, { name, minHealthy, members });
    }
    for (const name of this.#groupOf.values()) if (name !== undefined) this.group(name);
  }

  /** Ids of all components, those of the configuration first. */
  get components(): readonly string[] {
    return [...this.#groupOf.keys()];
  }

  /** All groups, and the components that are in none. */
  get all(): readonly Part[] {
    const loners = this.components.filter((id) => this.groupOf(id) === undefined);
    return [
      ...this.#groups.values(),
      ...loners.map((id) => ({ name: id, minHealthy: 1, members: [id] })),
    ];
  }

  has(id: string): boolean {
    return this.#groupOf.has(id);
  }

  /** Makes a component known that the configuration does not name. */
  addUnknown(id: string): void {
    if (!this.has(id)) this.#groupOf.set(id, undefined);
  }

  groupOf(id: string): string | undefined {
    return this.#groupOf.get(id);
  }

  /** @throws RangeError when there is no such group. */
  group(name: string): Part {
    const group = this.#groups.get(name);
    if (group === undefined) throw new RangeError(`There is no group '${name}'`);
    return group;
  }
}
