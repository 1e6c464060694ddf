// Where an intervention opens on the board.

export function boardAddress(region: string, intervention: string): string {
  return `/board/#${new URLSearchParams({ region, intervention }).toString()}`;
}
