/** The load from which a config stays down, as a page beside it. */
import { before, describe, it } from 'mocha';
import { screenshot, until, useTheme, webviewText } from './driver.ts';
import { choose, closeAll, show } from './editor.ts';

describe('the load from which a config stays down', () => {
  before(closeAll);

  it('is found, with what would change that', async () => {
    await show('**/retry-storm.resilience.yaml');
    await choose('Faultline: Find the Load from Which It Stays Down');
    await until('the page is shown', async () => /Stuck from/.test(await webviewText('body')));
    for (const theme of ['light', 'dark'] as const) {
      await useTheme(theme);
      await screenshot(`comeback-${theme}`);
    }
    await closeAll();
  });
});
