import { describe, expect, it } from 'vitest';
import { syncView } from './sync.ts';

const calm = { isOffline: false, waiting: 0, needingYou: 0 };

describe('the sync chip', () => {
  it('says all sent only when nothing waits and nothing needs a person', () => {
    expect(syncView(calm).state).toBe('sent');
  });

  it('lets what needs a person outrank offline, waiting and all sent', () => {
    const state = syncView({ isOffline: true, waiting: 3, needingYou: 1 }).state;
    expect(state).toBe('needs_you');
  });

  it('says offline before it says how much waits', () => {
    expect(syncView({ ...calm, isOffline: true, waiting: 2 }).state).toBe('offline');
    expect(syncView({ ...calm, waiting: 2 }).state).toBe('waiting');
  });

  it('has a shape of its own for every state, so colour is never alone', () => {
    const shapes = [
      syncView(calm),
      syncView({ ...calm, waiting: 1 }),
      syncView({ ...calm, isOffline: true }),
      syncView({ ...calm, needingYou: 1 }),
    ].map((view) => view.shape);
    expect(new Set(shapes).size).toBe(4);
  });
});
