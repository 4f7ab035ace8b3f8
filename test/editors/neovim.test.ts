/** What docs/editors/neovim.md says, in the real Neovim. */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildServer } from '../protocol/built.ts';
import { snippets } from './snippets.ts';

const CONFIG = `version: 1
system: shop
redundancy:
  database:
    minHealthy: 3
    active: [db-1, db-2]
services:
  shop:
    traffic: { rate: 5/s }
    calls: [{ to: database, timeout: 300ms }]
scenarios: { lost: { faults: [{ at: 2s, fail: database }] } }
simulation: { duration: 10s, replications: 1 }
`;
/** Does what a person would, and writes down what is seen. */
const SESSION = `
local function wait(what, probe)
  if not vim.wait(20000, probe, 20) then error('waited in vain until ' .. what) end
end
local seen, told = {}, {}
vim.notify = function(text) table.insert(told, text) end
local ok, problem = pcall(function()
  seen.filetype = vim.bo.filetype
  wait('there are diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  seen.diagnostics = vim.tbl_map(function(one)
    return { message = one.message, line = one.lnum }
  end, vim.diagnostic.get(0))

  vim.api.nvim_win_set_cursor(0, { 4, 4 })
  local at = vim.lsp.util.make_position_params()
  local _, answer = next(vim.lsp.buf_request_sync(0, 'textDocument/hover', at, 30000))
  seen.hover = answer.result.contents.value

  vim.lsp.buf.rename('store')
  wait('it is renamed', function() return vim.fn.search('store', 'nw') > 0 end)
  seen.text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\\n')

  vim.cmd('%s/minHealthy: 3/minHealthy: 1/')
  vim.cmd('FaultlineSimulate')
  wait('it is simulated', function() return #told > 0 end)
  seen.told, seen.quickfix = told, vim.fn.getqflist()
end)
seen.problem = not ok and problem or nil
vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
vim.cmd('qall!')
`;

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
if (!hasNeovim) console.warn('Neovim is not on the path: what its page says is not tried.');

let server: string;
const folder = mkdtempSync(join(tmpdir(), 'faultline-neovim-'));
beforeAll(async () => {
  if (hasNeovim) server = await buildServer();
});
afterAll(() => {
  for (const one of [folder, server]) if (one) rmSync(one, { recursive: true });
});

it.skipIf(!hasNeovim)('opens a config, finds, hovers, renames and simulates', async () => {
  const inFolder = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const [snippet = ''] = snippets('neovim', 'lua');
  const init = inFolder('init.lua', snippet);
  const session = inFolder('session.lua', SESSION);
  const config = inFolder('shop.resilience.yaml', CONFIG);
  // The snippet finds the server on the path.
  const script = join(server, 'server.cjs');
  const starter = `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`;
  chmodSync(inFolder('faultline-language-server', starter), 0o755);

  const seen = join(folder, 'seen.json');
  const env = {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env.PATH}`,
    XDG_STATE_HOME: folder,
    XDG_CACHE_HOME: folder,
    SEEN: seen,
  };
  const args = ['--headless', '-n', '-i', 'NONE', '-u', init, config, '-c', `luafile ${session}`];
  await promisify(execFile)('nvim', args, { env, timeout: 60_000 });

  const { diagnostics, filetype, hover, problem, quickfix, text, told } = JSON.parse(
    readFileSync(seen, 'utf8'),
  );
  expect(problem).toBeUndefined();
  expect(filetype).toBe('faultline');
  expect(diagnostics).toContainEqual({
    line: 4,
    message: expect.stringContaining('has 2 members and needs 3'),
  });
  expect(hover).toContain('database');
  expect(text).toBe(CONFIG.replaceAll('database', 'store').trimEnd());
  expect(told).toEqual([expect.stringContaining('lost')]);
  expect(quickfix[0]).toMatchObject({
    lnum: expect.any(Number),
    text: expect.stringMatching(/\w/),
  });
});
