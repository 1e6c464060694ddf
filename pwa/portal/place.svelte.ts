// Which page of the portal is open, kept in the address so that it can be linked and gone back to.

export type Place =
  | { readonly page: 'overview' }
  | { readonly page: 'agreement' }
  | { readonly page: 'site'; readonly siteId: string };

export const AGREEMENT = '#/agreement';

export function placeOf(hash: string): Place {
  if (/^#\/?agreement$/.test(hash)) return { page: 'agreement' };
  const [, siteId] = /^#\/?site\/([\w-]+)$/.exec(hash) ?? [];
  return siteId ? { page: 'site', siteId } : { page: 'overview' };
}

export function addressOf(siteId: string): string {
  return `#/site/${siteId}`;
}

export class Address {
  #place = $state.raw<Place>(placeOf(globalThis.location?.hash ?? ''));

  get place(): Place {
    return this.#place;
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
