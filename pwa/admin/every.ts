// Every page of a list, one after the other: for lists somebody chooses from.

interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor?: string | null;
}

const PAGE_LIMIT = 200;

export async function every<T>(
  read: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await read({ limit: PAGE_LIMIT, ...(cursor ? { cursor } : {}) });
    all.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return all;
}
