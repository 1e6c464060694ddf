// Which section is open and what in it, kept in the address so that it can be linked and gone back to.

export const sections = [
  'agreements',
  'coverage',
  'calendars',
  'services',
  'parts',
  'severity',
  'approvals',
  'breaches',
  'credits',
  'reports',
  'figures',
  'experience',
  'phones',
  'sites',
  'technicians',
  'roster',
  'regions',
  'notifications',
  'people',
  'keys',
  'webhooks',
  'imports',
] as const;
export type Section = (typeof sections)[number];

export interface Place {
  readonly section: Section;
  /** The path below the section: an id, or an id and what of it. */
  readonly path: readonly string[];
}

export function placeOf(hash: string): Place {
  const [name, ...path] = hash.replace(/^#\/?/, '').split('/').filter(Boolean);
  const section = sections.find((each) => each === name);
  return section === undefined ? { section: 'agreements', path: [] } : { section, path };
}

export function addressOf(section: Section, ...path: string[]): string {
  return `#/${[section, ...path].join('/')}`;
}

class Address {
  #place = $state.raw<Place>(placeOf(globalThis.location?.hash ?? ''));

  get place(): Place {
    return this.#place;
  }

  go(section: Section, ...path: string[]): void {
    location.hash = addressOf(section, ...path);
  }

  /** Follows the address bar; call the answer to stop. `onmove` runs after every move. */
  follow(onmove: () => void): () => void {
    const moved = (): void => {
      this.#place = placeOf(location.hash);
      onmove();
    };
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }
}

export const address = new Address();
