// Which parts somebody uses most: those are offered first.

/** How often each part was used from this phone, by its code. */
export type Uses = Readonly<Record<string, number>>;

/** Once used they are favourites. */
export function withUse(uses: Uses, codes: readonly string[]): Uses {
  const counted = { ...uses };
  for (const code of codes) counted[code] = (counted[code] ?? 0) + 1;
  return counted;
}
