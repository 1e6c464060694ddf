import { expect, it } from 'vitest';
import { Problem } from '../../lib/api/problem.ts';
import type { Matrix, SeverityGateway } from './gateway.ts';
import { OneMatrix } from './one_matrix.svelte.ts';

const row = { now: 'S2', today: 'S3', later: 'S3' };
const usual: Matrix = { id: null, customer_id: null, version: 0, cells: { stopped: row } };
const house: Matrix = { ...usual, id: 'house', version: 1 };
const theirs: Matrix = { ...usual, id: 'theirs', customer_id: 'hotels', version: 4 };

function server(given: Partial<SeverityGateway>): SeverityGateway {
  return {
    matrices: async () => [],
    inForce: async () => usual,
    create: async () => house,
    change: async () => house,
    remove: async () => undefined,
    customers: async () => [],
    ...given,
  };
}

it('writes a first matrix down, and changes it from then on', async () => {
  const asked: string[] = [];
  const matrix = new OneMatrix(
    server({
      create: async (customer) => (asked.push(`create ${customer}`), house),
      change: async ({ version }) => (asked.push(`change ${version}`), { ...house, version: version + 1 }),
    }),
  );
  await matrix.open('');
  expect(matrix.isOwn).toBe(false);
  expect(await matrix.save()).toBe(true);
  expect(await matrix.save()).toBe(true);
  expect(asked).toEqual(['create undefined', 'change 1']);
});

it('makes a customer’s own out of everybody’s, and drops it again', async () => {
  let written: Matrix = house;
  const matrix = new OneMatrix(
    server({
      inForce: async () => written,
      create: async () => (written = theirs),
      remove: async () => void (written = house),
    }),
  );
  await matrix.open('hotels');
  expect(matrix.isOwn).toBe(false);
  await matrix.save();
  expect(matrix.isOwn).toBe(true);
  await matrix.remove();
  expect(matrix.isOwn).toBe(false);
});

it('keeps what was chosen when somebody else changed it meanwhile', async () => {
  const matrix = new OneMatrix(
    server({
      inForce: async () => house,
      change: () => Promise.reject(new Problem({ code: 'stale' }, 412)),
    }),
  );
  await matrix.open('');
  matrix.cells!.stopped!.later = 'S2';
  expect(await matrix.save()).toBe(false);
  expect(matrix.cells!.stopped!.later).toBe('S2');
});
