/**
 * The name of an imported file: a path from the folder of the file that imports it. Works on URIs
 * and on paths alike, without asking whether there is such a file.
 */
export function resolveImport(path: string, from: string): string {
  const written = path.trim().replaceAll('\\', '/');
  const [, root, inside] = /^([\w+.-]+:\/\/[^/]*)(\/.*)$/s.exec(from) ?? [];
  if (root !== undefined && inside !== undefined) {
    return root + joined(inside, encodeURI(written));
  }
  return joined(from.replaceAll('\\', '/'), written);
}

function joined(from: string, path: string): string {
  const parts = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const kept: string[] = [];
  for (const part of [...parts, ...path.split('/')]) {
    const last = kept.at(-1);
    if (part === '.' || (part === '' && kept.length > 0)) continue;
    if (part !== '..') kept.push(part);
    else if (last === undefined || last === '..') kept.push(part);
    // There is nothing above the root.
    else if (last !== '') kept.pop();
  }
  return kept.join('/');
}
