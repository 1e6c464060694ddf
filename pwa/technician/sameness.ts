// What is read anew and says the same stays the same value, so that nothing of it is drawn again.

type Told = Readonly<Record<string, unknown>>;

/**
 * `after`, in which everything that equals what stood there `before` is that very value. Members of
 * a list are compared with the one of the same `id`, wherever it stood; others by their place.
 */
export function withSame<T>(before: unknown, after: T): T;
export function withSame(before: unknown, after: unknown): unknown {
  // Mostly nothing changed at all: that is found out without making anything.
  if (isSame(before, after)) return before;
  if (!isTold(before) || !isTold(after) || Array.isArray(before) !== Array.isArray(after)) return after;
  if (Array.isArray(before) && Array.isArray(after)) return sameMembers(before, after);
  return Object.fromEntries(Object.entries(after).map(([name, value]) => [name, withSame(before[name], value)]));
}

function sameMembers(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const known = new Map(before.map((each, place) => [idOf(each) ?? place, each]));
  return after.map((each, place) => withSame(known.get(idOf(each) ?? place), each));
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isTold(one) || !isTold(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && isSame(one[name], other[name]));
}

function idOf(value: unknown): unknown {
  return isTold(value) ? value['id'] : undefined;
}

function isTold(value: unknown): value is Told {
  return typeof value === 'object' && value !== null;
}
