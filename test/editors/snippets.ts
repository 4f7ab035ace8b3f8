import { readFileSync } from 'node:fs';

/** The blocks of code on an editor's page, of one language. */
export function snippets(editor: string, language: string): string[] {
  const page = readFileSync(new URL(`../../docs/editors/${editor}.md`, import.meta.url), 'utf8');
  const block = new RegExp(`^ *\`\`\`${language}\\n([\\s\\S]*?)^ *\`\`\`$`, 'gm');
  return [...page.matchAll(block)].map(([, code = '']) => code);
}
