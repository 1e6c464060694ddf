import { describe, expect, it, vi } from 'vitest';
import { Problem } from '../api/index.ts';
import { ReadingReason } from './reading_reason.svelte.ts';

const offline = () => Promise.reject(Problem.from(new TypeError('Failed to fetch')));

describe('why an auditor reads', () => {
  it('corrects nobody who is still typing, and names what is missing after a try', async () => {
    const give = vi.fn(() => Promise.resolve());
    const form = new ReadingReason(give);
    expect(form.isMissing).toBe(false);
    form.reason = '   ';
    expect(await form.submit()).toBe(false);
    expect(form.isMissing).toBe(true);
    expect(give).not.toHaveBeenCalled();
  });

  it('sends the words without the blanks around them', async () => {
    const give = vi.fn(() => Promise.resolve());
    const form = new ReadingReason(give);
    form.reason = ' The yearly audit ';
    expect(await form.submit()).toBe(true);
    expect(give).toHaveBeenCalledWith('The yearly audit', expect.any(String));
  });

  it('keeps what was typed when nobody answers', async () => {
    const form = new ReadingReason(offline);
    form.reason = 'The yearly audit';
    expect(await form.submit()).toBe(false);
    expect(form.reason).toBe('The yearly audit');
    expect(form.problem?.isOffline).toBe(true);
  });
});
