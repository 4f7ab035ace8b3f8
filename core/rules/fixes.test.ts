/** What every fix of every rule must do, tried on all fixtures, as YAML and as JSON. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Analysis, analyse } from '../analyse.ts';
import { applyEdits, ConfigEditor } from '../config/edit/index.ts';
import { toPlainValue } from '../config/syntax/node.ts';
import { parseText } from '../config/syntax/parse.ts';
import type { Fix } from '../model/fix.ts';

const folder = new URL('.', import.meta.url);
const names = globSync('*/fixtures/*.fires.yaml', { cwd: fileURLToPath(folder) }).sort();

function plainOf(text: string): unknown {
  const { root } = parseText(text);
  return root && JSON.parse(JSON.stringify(toPlainValue(root)));
}

function fixed({ text, file }: Analysis, { changes }: Fix): Analysis {
  const result = new ConfigEditor(text).planChanges(changes);
  if (result.kind === 'refused') throw new Error(`refused: ${result.reason}`);
  return analyse(applyEdits(text, result.edits), file);
}

/** What is wrong, by what is said of it. What one finding says for another counts too. */
function said({ findings }: Analysis): string[] {
  return findings.flatMap(({ ruleId, message, related }) => [
    `${ruleId}: ${message}`,
    ...related.flatMap((one) => (one.ruleId ? [`${one.ruleId}: ${one.message}`] : [])),
  ]);
}

const errorsOf = ({ findings }: Analysis) =>
  findings.filter(({ severity }) => severity === 'error').map(({ ruleId }) => ruleId);

describe.each(names)('%s', (name) => {
  const yaml = readFileSync(new URL(name, folder), 'utf8');
  const json = `${JSON.stringify(plainOf(yaml), null, 2)}\n`;

  it.each([
    ['YAML', analyse(yaml, 'a.resilience.yaml')],
    ['JSON', analyse(json, 'a.resilience.json')],
  ])('each fix ends its finding and brings no new error, in %s', (_, before) => {
    for (const { ruleId, message, fixes = [] } of before.findings) {
      for (const fix of fixes) {
        const after = fixed(before, fix);
        expect(said(after), fix.title).not.toContain(`${ruleId}: ${message}`);
        const known = new Set(said(before).map((one) => one.split(':')[0]));
        expect(errorsOf(after).filter((id) => !known.has(id))).toEqual([]);
        expect(errorsOf(after).length).toBeLessThanOrEqual(errorsOf(before).length);
      }
    }
  });

  it('each fix changes the same in YAML and in JSON', () => {
    const titles = (analysis: Analysis) =>
      analysis.findings.flatMap(({ fixes = [] }) => fixes).map(({ title }) => title);
    const [inYaml, inJson] = [analyse(yaml, 'a.yaml'), analyse(json, 'a.json')];
    expect(titles(inJson)).toEqual(titles(inYaml));
    for (const [index, { fixes = [] }] of inYaml.findings.entries()) {
      for (const [row, fix] of fixes.entries()) {
        const twin = inJson.findings[index]?.fixes?.[row];
        if (!twin) throw new Error(`'${fix.title}' is missing in JSON.`);
        expect(plainOf(fixed(inJson, twin).text)).toEqual(plainOf(fixed(inYaml, fix).text));
      }
    }
  });
});

it('has something to try', () => {
  const fixes = names.flatMap((name) => {
    const { findings } = analyse(readFileSync(new URL(name, folder), 'utf8'), name);
    return findings.flatMap((finding) => finding.fixes ?? []);
  });
  expect(fixes.length).toBeGreaterThan(20);
});
