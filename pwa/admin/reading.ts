// Reading what a page shows: when it opens, and again once the connection is back.

/** For `onMount`: the answer stops it. */
export function reading(read: () => Promise<void>): () => void {
  const again = (): void => void read();
  again();
  addEventListener('online', again);
  return () => removeEventListener('online', again);
}
