/** What the pages on editors name exists, and means our files and no others. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isNativeFile } from '../../core/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { snippets } from './snippets.ts';

const PAGES: readonly (readonly [editor: string, languages: readonly string[]])[] = [
  ['neovim', ['lua']],
  ['helix', ['toml']],
  ['emacs', ['elisp']],
  ['zed', ['toml', 'rust']],
  ['jetbrains', ['sh', 'text']],
];

describe.each(PAGES)('the page on %s', (editor, languages) => {
  const all = languages.flatMap((language) => snippets(editor, language));
  const text = all.join('\n');

  it('starts the server that the package has', () => {
    const [named = ''] =
      /[\w-]*language-server\b(?=["'` ])/.exec(text.replace(/\[language-server/g, '')) ?? [];
    expect(Object.keys(packageJson.bin)).toContain(named);
    expect(text).toContain('--stdio');
  });

  it('names native files only', () => {
    const names = text.match(/(?<=["'; ]|^)(?:\*\.)?resilience\.(?:ya?ml|json)\b/gm) ?? [];
    for (const name of names) expect(isNativeFile(name.replace('*', 'a'))).toBe(true);
  });
});

it('every page is listed', () => {
  const index = readFileSync(new URL('../../docs/editors/README.md', import.meta.url), 'utf8');
  for (const [editor] of PAGES) expect(index).toContain(`[${editor}.md](${editor}.md)`);
});
