// The ways to get somewhere and to reach somebody, as addresses the phone knows how to open.

interface Place {
  readonly lat: number;
  readonly lon: number;
}

/** The device's own navigation where it has one; a map in the browser elsewhere. */
export function navigationAddress({ lat, lon }: Place, label: string, device: string): string {
  const at = `${lat},${lon}`;
  if (/Android/i.test(device)) return `geo:${at}?q=${at}(${encodeURIComponent(label)})`;
  if (/iPhone|iPad|iPod/i.test(device)) return `https://maps.apple.com/?daddr=${at}`;
  return `https://www.openstreetmap.org/directions?to=${encodeURIComponent(at)}`;
}

/** A number as it can be dialled; undefined when there is none. */
export function callAddress(phone: string): string | undefined {
  const digits = phone.replace(/[^\d+]/g, '');
  return digits === '' ? undefined : `tel:${digits}`;
}

/** Whoever can be called, each number once. */
export function reachable<Person extends { readonly phone: string }>(people: readonly Person[]): Person[] {
  const numbers = people.map(({ phone }) => callAddress(phone));
  return people.filter((_, index) => numbers[index] !== undefined && numbers.indexOf(numbers[index]) === index);
}
