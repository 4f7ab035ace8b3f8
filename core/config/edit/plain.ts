import type { Path, PlainValue } from '../../model/plain-value.ts';
import type { Operation } from './edit.ts';

/** Data without prototypes, as `toPlainValue` makes it; keys such as `__proto__` are ordinary. */
type Data = unknown;
type Container = Record<string, Data> | Data[];

/** Stands for an item that is to be removed, so that the indexes of others stay. */
const REMOVED = Symbol('removed');

/**
 * What a text must say after operations, if it says `root` before them. Held against what it does
 * say, so that no edit ever means something else than it should.
 *
 * @throws {TypeError} when an operation has nothing to work on.
 */
export function changedValue(root: Data, operations: readonly Operation[]): Data {
  const box = { root: copyOf(root) };
  // All paths are those of the beginning, so all places are found before the first change.
  const changes = operations.map((operation) => ({
    operation,
    target: operation.path.reduce<Data>((value, step) => childOf(value, step), box.root),
    holder: operation.path
      .slice(0, -1)
      .reduce<Data>((value, step) => childOf(value, step), box.root),
    step: operation.path.at(-1),
  }));
  for (const { operation, target, holder, step } of changes) {
    switch (operation.kind) {
      case 'set':
        if (step === undefined) box.root = copyOf(operation.value);
        else put(holder, step, copyOf(operation.value));
        break;
      case 'insert':
        put(target, operation.key, copyOf(operation.value));
        break;
      case 'append':
        (target as Data[]).push(copyOf(operation.value));
        break;
      case 'remove':
        put(holder, step ?? '', REMOVED);
        break;
      case 'rename':
        put(holder, operation.key, target);
        put(holder, step ?? '', REMOVED);
    }
  }
  return withoutRemoved(box.root);
}

/** Whether two values are the same data; the order of keys has no meaning. */
export function isSameData(a: Data, b: Data): boolean {
  if (!isContainer(a) || !isContainer(b)) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isSameData(childOf(a, key), childOf(b, key)));
}

function childOf(value: Data, step: Path[number]): Data {
  return isContainer(value) ? (value as Record<string, Data>)[step] : undefined;
}

function put(holder: Data, step: Path[number], value: Data): void {
  if (!isContainer(holder)) throw new TypeError('There is nothing to change here.');
  (holder as Record<string, Data>)[step] = value;
}

function copyOf(value: Data | PlainValue): Data {
  if (!isContainer(value)) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy = Object.create(null) as Record<string, Data>;
  for (const [key, one] of Object.entries(value)) copy[key] = copyOf(one);
  return copy;
}

function withoutRemoved(value: Data): Data {
  if (!isContainer(value)) return value;
  if (Array.isArray(value)) return value.filter((one) => one !== REMOVED).map(withoutRemoved);
  const copy = Object.create(null) as Record<string, Data>;
  for (const [key, one] of Object.entries(value)) {
    if (one !== REMOVED) copy[key] = withoutRemoved(one);
  }
  return copy;
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
