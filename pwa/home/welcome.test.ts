import { describe, expect, it, vi } from 'vitest';
import { Problem, type SessionOut } from '../lib/api/index.ts';
import { Welcome, type WelcomeParts } from './welcome.svelte.ts';

const at = (home: SessionOut['home']): SessionOut => ({ home }) as SessionOut;

function door(parts: Partial<WelcomeParts> = {}): { welcome: Welcome; go: WelcomeParts['go'] } {
  const go = vi.fn<WelcomeParts['go']>();
  const nobody = { check: () => Promise.resolve(undefined), isDemo: () => Promise.resolve(false) };
  return { welcome: new Welcome({ ...nobody, go, ...parts }), go };
}

describe('the front door', () => {
  it('sends somebody who is signed in to their own page', async () => {
    const { welcome, go } = door({ check: () => Promise.resolve(at('/portal/')) });
    await welcome.start();
    expect(go).toHaveBeenCalledWith('/portal/');
    expect(welcome.view).toBe('leaving');
  });

  it('asks nobody in particular to sign in', async () => {
    const { welcome, go } = door();
    await welcome.start();
    expect(welcome.view).toBe('sign_in');
    expect(go).not.toHaveBeenCalled();
  });

  it('keeps somebody without a page of their own, rather than sending them in circles', async () => {
    const { welcome, go } = door({ check: () => Promise.resolve(at('/')) });
    await welcome.start();
    expect(welcome.view).toBe('here');
    expect(go).not.toHaveBeenCalled();
  });

  it('hints at demo logins only where the server says it is a demo', async () => {
    const ordinary = door().welcome;
    await ordinary.start();
    expect(ordinary.isDemo).toBe(false);

    const demo = door({ isDemo: () => Promise.resolve(true) }).welcome;
    await demo.start();
    expect(demo.isDemo).toBe(true);
  });

  it('says why it does not know who is here, and recovers when asked again', async () => {
    const check = vi
      .fn<WelcomeParts['check']>()
      .mockRejectedValueOnce(new Problem({ code: 'offline' }, 0))
      .mockResolvedValueOnce(at('/board/'));
    const { welcome, go } = door({ check });
    await welcome.start();
    expect(welcome.problem?.code).toBe('offline');
    await welcome.start();
    expect(welcome.problem).toBeUndefined();
    expect(go).toHaveBeenCalledWith('/board/');
  });
});
