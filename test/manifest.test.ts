/** The manifest is code that nothing compiles: what it names must exist, be shipped and be used. */
import { existsSync, readFileSync } from 'node:fs';
import { join, matchesGlob, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { analyse, isNativeFile } from '../core/index.ts';
import { USUAL_VALUES } from '../server/settings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const nls: Readonly<Record<string, string>> = JSON.parse(
  readFileSync(join(root, 'package.nls.json'), 'utf8'),
);
/** What stands for `%key%`. */
const said = (text: string): string => nls[/^%(.*)%$/.exec(text)?.[1] ?? ''] ?? text;
const { contributes } = manifest;
const [walkthrough] = contributes.walkthroughs;
const steps: { media: { markdown: string }; description: string; completionEvents: string[] }[] =
  walkthrough.steps;
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
    'package.nls.json',
    'client/walkthrough/first-steps.resilience.yaml',
    ...steps.map(({ media }) => media.markdown),
    manifest.exports['./schemas/resilience.schema.json'],
  ])('names %s, which exists and ships', (path: string) => {
    expect(existsSync(join(root, path))).toBe(true);
    expect(isShipped(normalize(path))).toBe(true);
  });

  it.each([
    manifest.main,
    manifest.browser,
    ...Object.values<string>(manifest.bin),
    manifest.exports['.'].default,
    manifest.exports['.'].types,
  ])('names %s, which ships', (path: string) => expect(isShipped(normalize(path))).toBe(true));

  it('offers only commands that it defines, each with a title and a category', () => {
    const defined = contributes.commands.map(({ command }: { command: string }) => command);
    for (const { title, category } of contributes.commands) {
      expect(said(title)).toMatch(/^[A-Z]/);
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
      expect(said(markdownDescription)).toMatch(/^[A-Z].*\.$/s);
    }
  });

  it('works in untrusted workspaces, for it executes nothing from them', () => {
    expect(manifest.capabilities.untrustedWorkspaces).toEqual({ supported: true });
  });

  it('says each of its texts once, and none that nobody asks for', () => {
    const asked = [...JSON.stringify(contributes).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    expect(asked.sort()).toEqual(Object.keys(nls).sort());
  });

  it('has a walkthrough whose steps can be done', () => {
    const defined = contributes.commands.map(({ command }: { command: string }) => command);
    for (const { completionEvents, description } of steps) {
      const commands = [...completionEvents, said(description)].join(' ').match(/faultline\.\w+/g);
      for (const command of commands ?? []) expect(defined).toContain(command);
      expect(completionEvents.every((event) => event.startsWith('onCommand:'))).toBe(true);
    }
    const sample = readFileSync(
      join(root, 'client/walkthrough/first-steps.resilience.yaml'),
      'utf8',
    );
    const { findings } = analyse(sample, 'first-steps.resilience.yaml');
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['single-instance']);
  });

  it('knows the lines that a check prints', () => {
    const [{ pattern }] = contributes.problemMatchers;
    const printed = readFileSync(
      join(root, 'test/cli/golden/check-judged-github.golden.txt'),
      'utf8',
    );
    const lines = printed.split('\n').filter((line) => line.startsWith('::'));
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const match = new RegExp(pattern.regexp).exec(line);
      expect(match?.[pattern.file], line).toMatch(/\.(?:ya?ml|json)$/);
      expect(Number(match?.[pattern.line])).toBeGreaterThan(0);
      expect(match?.[pattern.code]).toMatch(/^[\w-]+$/);
    }
  });
});
