/** The manifest is code that nothing compiles: what it names must exist, be shipped and be used. */
import { existsSync, readFileSync } from 'node:fs';
import { join, matchesGlob, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isNativeFile } from '../core/index.ts';
import { USUAL_VALUES } from '../server/settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
const [language] = contributes.languages;
const isShipped = (path: string) =>
  manifest.files.some((pattern: string) => {
    return path === pattern || path.startsWith(`${pattern}/`) || matchesGlob(path, pattern);
  });

describe('the manifest', () => {
  it.each([
    manifest.icon,
    language.configuration,
    language.icon.light,
    language.icon.dark,
    contributes.grammars[0].path,
    contributes.snippets[0].path,
    contributes.jsonValidation[0].url,
    manifest.exports['./schemas/resilience.schema.json'],
  ])('names %s, which exists and ships', (path: string) => {
    expect(existsSync(join(root, path))).toBe(true);
    expect(isShipped(normalize(path))).toBe(true);
  });

  it.each([
    manifest.main,
    ...Object.values<string>(manifest.bin),
    manifest.exports['.'].default,
    manifest.exports['.'].types,
  ])('names %s, which ships', (path: string) => expect(isShipped(normalize(path))).toBe(true));

  it('offers only commands that it defines, each with a title and a category', () => {
    const defined = contributes.commands.map(({ command }: { command: string }) => command);
    for (const { title, category } of contributes.commands) {
      expect(title).toMatch(/^[A-Z]/);
      expect(category).toBe('Faultline');
    }
    const items: { command: string; when: string }[] = Object.values<never[]>(
      contributes.menus,
    ).flat();
    for (const { command } of items) expect(defined).toContain(command);
  });

  it('offers the commands on exactly the native files, but for what accepts a proposal', () => {
    const names = ['shop.resilience.yaml', 'resilience.yml', 'a.resilience.json', 'shop.yaml'];
    const items = Object.values<{ command: string; when: string }[]>(contributes.menus).flat();
    for (const { command, when } of items) {
      if (command === 'faultline.applyProposal') {
        expect(when).toBe('resourceScheme == faultline-proposal');
        continue;
      }
      const pattern = /^resourceFilename =~ \/(.*)\/i(?: \|\| .*)?$/.exec(when)?.[1];
      for (const name of [...names, 'myresilience.yaml']) {
        expect(new RegExp(pattern ?? '', 'i').test(name), name).toBe(isNativeFile(name));
      }
    }
  });

  it('gives the YAML files a language of their own and leaves JSON to JSON', () => {
    const names: string[] = [
      ...language.filenames,
      ...language.extensions.map((e: string) => `a${e}`),
    ];
    expect(names.every((name) => isNativeFile(name) && !name.endsWith('.json'))).toBe(true);
    expect(
      contributes.jsonValidation[0].fileMatch
        .map((name: string) => name.replace('*', 'a'))
        .every(isNativeFile),
    ).toBe(true);
  });

  it('offers exactly the settings that the server reads, each with its usual value', () => {
    const { properties } = contributes.configuration;
    const usual = Object.entries<{ default: unknown }>(properties).map(
      ([name, { default: value }]) => [name.replace(/^faultline\./, ''), value],
    );
    expect(Object.fromEntries(usual)).toEqual(USUAL_VALUES);
    for (const { markdownDescription } of Object.values<{ markdownDescription: string }>(
      properties,
    )) {
      expect(markdownDescription).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('works in untrusted workspaces, for it executes nothing from them', () => {
    expect(manifest.capabilities.untrustedWorkspaces).toEqual({ supported: true });
  });
});
