import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../core/baseline/index.ts';
import { FULL_CLIENT } from './client.ts';
import { connectInMemory } from './in-memory.ts';

const FOLDER = 'file:///work';
const URI = `${FOLDER}/services/shop.resilience.yaml`;
const ALONE = `version: 1
redundancy:
  db: { minHealthy: 1, active: [db-1] }
`;

/** A client whose user has set something before a document is opened. */
async function open(
  faultline: Readonly<Record<string, unknown>>,
  { files = {}, uri = URI }: { files?: Record<string, string>; uri?: string } = {},
) {
  const client = connectInMemory({ readFile: (one) => files[one] });
  client.folders = [FOLDER];
  client.settings = { faultline };
  await client.initialize(FULL_CLIENT);
  await client.open(uri, ALONE);
  const judged = async () =>
    (await client.diagnostics(uri)).map(({ code, severity }) => `${severity} ${code}`);
  return { client, judged };
}

/** Once the server has asked for the settings and judged by them. */
async function judgedBy(
  faultline: Readonly<Record<string, unknown>>,
  options?: Parameters<typeof open>[1],
): Promise<string[]> {
  const { client, judged } = await open(faultline, options);
  await client.refreshes.first();
  return judged();
}

describe('the settings of the user', () => {
  it('say how bad rules are', async () => {
    expect(await judgedBy({ rules: { 'single-instance': 'hint' } })).toEqual(['4 single-instance']);
    const off = { 'single-instance': { severity: 'off' }, 'low-fault-tolerance-level': 'off' };
    expect(await judgedBy({ rules: off })).toEqual([]);
  });

  it('speak of paths from the folder that is open', async () => {
    const rules = { 'single-instance': 'info' };
    const overrides = [{ files: ['/services/'], rules }];
    expect(await judgedBy({ overrides })).toEqual(['3 single-instance']);
  });

  it('name a baseline in the folder that is open', async () => {
    const known = new Map([
      ['services/shop.resilience.yaml', { 'single-instance redundancy/db': 1 }],
    ]);
    const files = { [`${FOLDER}/before.json`]: writeBaseline(known) };
    expect(await judgedBy({ baseline: 'before.json' }, { files })).toEqual([]);
  });

  it('count for less than the file that everybody shares', async () => {
    const files = { [`${FOLDER}/faultline.config.yaml`]: 'rules: { single-instance: error }\n' };
    const rules = { 'single-instance': 'off', 'unused-definition': 'off' };
    expect(await judgedBy({ rules }, { files })).toEqual(['1 single-instance']);
  });

  it('of rules hold for a document that was never saved', async () => {
    const rules = { 'single-instance': 'hint' };
    const overrides = [{ files: ['*'], rules: { 'single-instance': 'off' } }];
    expect(await judgedBy({ rules, overrides }, { uri: 'untitled:Untitled-1' })).toEqual([
      '4 single-instance',
    ]);
  });

  it('count at once when they change', async () => {
    const { client, judged } = await open({});
    expect(await judged()).toEqual(['2 single-instance']);
    await client.set({ faultline: { rules: { 'single-instance': 'error' } } });
    await client.refreshes.first();
    expect(await judged()).toEqual(['1 single-instance']);
  });

  it('that make no sense are told in the log, and the rest counts', async () => {
    const rules = { 'singel-instance': 'off', 'single-instance': 'hint' };
    const { client, judged } = await open({ rules, overrides: 'none' });
    await client.refreshes.first();
    expect(await judged()).toEqual(['4 single-instance']);
    const told = client.logs.all.map(({ message }) => message).join('\n');
    expect(told).toContain("In the settings 'faultline.*': There is no rule 'singel-instance'.");
    expect(told).toContain('Expected a list');
  });
});
