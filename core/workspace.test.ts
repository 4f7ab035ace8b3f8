import { describe, expect, it } from 'vitest';
import { FORMAT_RULES } from './formats/index.ts';
import { Workspace } from './workspace.ts';

const POLICIES = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: policies }
spec: { policies: { timeouts: { quick: 2s } } }
`;
const TARGETS = `apiVersion: dapr.io/v1alpha1
kind: Resiliency
metadata: { name: targets }
spec: { targets: { apps: { orders: { timeout: quick } } } }
`;

const idsIn = (workspace: Workspace, file: string) =>
  workspace.analyse(file)?.findings.map(({ ruleId }) => ruleId);

describe('files that are judged together', () => {
  it('know what the others define, for as long as they do', () => {
    const workspace = new Workspace();
    workspace.set('targets.yaml', TARGETS);
    expect(idsIn(workspace, 'targets.yaml')).toEqual(['dapr-unknown-policy']);
    workspace.set('policies.yaml', POLICIES);
    expect(idsIn(workspace, 'targets.yaml')).toEqual([]);
    expect(idsIn(workspace, 'policies.yaml')).toEqual([]);
    workspace.set('policies.yaml', POLICIES.replace('quick', 'slow'));
    expect(idsIn(workspace, 'targets.yaml')).toEqual(['dapr-unknown-policy']);
    expect(idsIn(workspace, 'policies.yaml')).toEqual(['dapr-unused-policy']);
    workspace.delete('policies.yaml');
    expect(idsIn(workspace, 'policies.yaml')).toBeUndefined();
  });

  it('are let go when they turn into something else', () => {
    const workspace = new Workspace();
    expect(workspace.set('some.yaml', 'a: 1\n')).toBe(false);
    expect(workspace.set('some.yaml', TARGETS)).toBe(true);
    expect(workspace.set('some.yaml', TARGETS.replace('Resiliency', 'Component'))).toBe(false);
    expect([...workspace.files]).toEqual([]);
  });

  it('say the same after edits as when they are read anew', () => {
    const edited = new Workspace();
    const steps = [
      `${POLICIES}---\n${TARGETS}`,
      `# first\n${POLICIES}---\n${TARGETS}`,
      `# first\n${POLICIES}---\nspec: [\n---\n${TARGETS}`,
      `${TARGETS}---\n${TARGETS}---\n${POLICIES.replace('quick', 'slow')}`,
      `---\n${TARGETS}---\n${TARGETS}`,
    ];
    for (const text of steps) {
      edited.set('some.yaml', text);
      const fresh = new Workspace();
      fresh.set('some.yaml', text);
      expect(edited.analyse('some.yaml')).toEqual(fresh.analyse('some.yaml'));
    }
  });

  it('are judged as the settings of each say', () => {
    const workspace = new Workspace();
    workspace.set('targets.yaml', TARGETS);
    const settings = new Map(FORMAT_RULES.map(({ id }) => [id, { severity: 'off' }] as const));
    expect(workspace.analyse('targets.yaml', { settings })?.findings).toEqual([]);
    expect(workspace.analyse('targets.yaml')?.findings).toHaveLength(1);
    const known = { 'dapr-unknown-policy Resiliency/targets/spec/targets/apps/orders': 1 };
    expect(workspace.analyse('targets.yaml', { known })).toMatchObject({
      findings: [],
      suppressed: [{ by: { kind: 'baseline' } }],
    });
  });
});
