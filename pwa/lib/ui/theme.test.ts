// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { Theme } from './theme.svelte.ts';

describe('the theme', () => {
  beforeEach(() => {
    localStorage.clear();
    document.documentElement.removeAttribute('data-theme');
  });

  it('leaves the choice to the device until somebody chooses', () => {
    const theme = new Theme();
    theme.start();
    expect(theme.name).toBe('auto');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('is remembered on this device', () => {
    new Theme().choose('sun');
    const next = new Theme();
    next.start();
    expect(next.name).toBe('sun');
    expect(document.documentElement.dataset['theme']).toBe('sun');
  });

  it('goes back to the device on request', () => {
    const theme = new Theme();
    theme.choose('dark');
    theme.choose('auto');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('ignores a stored name it does not know', () => {
    localStorage.setItem('palier.theme', 'neon');
    const theme = new Theme();
    theme.start();
    expect(theme.name).toBe('auto');
  });
});
