// What an agreement lacks leads to where it is mended.
import { expect, test } from 'vitest';
import { mendedAt } from './gaps.ts';

test('what stands in the terms is mended by an amendment, what follows an agreement in its meetings', () => {
  expect(mendedAt('exclusions_missing', 'a1')).toContain('a1/amend');
  expect(mendedAt('meetings_unplanned', 'a1')).toContain('a1/reviews');
  expect(mendedAt('feedback_missing', 'a1')).toContain('experience');
});

test('who looks after an agreement is named on the page itself', () => {
  expect(mendedAt('owner_missing', 'a1')).toBeUndefined();
});
