// Which page of the portal is open, kept in the address so that it can be linked and gone back to.

export type Place =
  | { readonly page: 'overview' }
  | { readonly page: 'agreement' }
  /** For whoever has a link: no account, no way in. */
  | { readonly page: 'feedback'; readonly token: string }
  | { readonly page: 'notifications' }
  /** A month (`2026-06`); the last whole one where none is named. */
  | { readonly page: 'report'; readonly month: string | undefined }
  | { readonly page: 'site'; readonly siteId: string };

export const AGREEMENT = '#/agreement';
export const REPORT = '#/report';
export const NOTIFICATIONS = '#/notifications';

export function placeOf(hash: string): Place {
  if (/^#\/?agreement$/.test(hash)) return { page: 'agreement' };
  if (/^#\/?notifications$/.test(hash)) return { page: 'notifications' };
  const reported = /^#\/?report(?:\/([\d-]+))?$/.exec(hash);
  if (reported) return { page: 'report', month: reported[1] };
  const [, token] = /^#\/?feedback\/([\w-]+)$/.exec(hash) ?? [];
  if (token) return { page: 'feedback', token };
  const [, siteId] = /^#\/?site\/([\w-]+)$/.exec(hash) ?? [];
  return siteId ? { page: 'site', siteId } : { page: 'overview' };
}

export function reportAddress(month: string): string {
  return `${REPORT}/${month}`;
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
