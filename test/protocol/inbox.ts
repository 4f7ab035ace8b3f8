/** Messages that arrived, and promises for those that have yet to: tests wait for facts, not time. */
export class Inbox<T> {
  readonly all: T[] = [];
  #waiting: { matches: (item: T) => boolean; resolve: (item: T) => void }[] = [];

  readonly add = (item: T): void => {
    this.all.push(item);
    const served = this.#waiting.filter(({ matches }) => matches(item));
    this.#waiting = this.#waiting.filter((one) => !served.includes(one));
    for (const { resolve } of served) resolve(item);
  };

  /** The first item that matches, whether it has arrived or not. */
  first(matches: (item: T) => boolean = () => true): Promise<T> {
    const known = this.all.find(matches);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiting.push({ matches, resolve }));
  }
}
