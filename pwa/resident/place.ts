// Which page an address means: the label of a lift, or a report that is followed.

export type Place =
  | { readonly page: 'report'; readonly token: string }
  | { readonly page: 'track'; readonly token: string };

/** A label's secret stands behind the #, so that it is sent to nobody on the way. */
export function placeOf({ pathname, hash }: { pathname: string; hash: string }): Place {
  const [, token] = /^\/t\/([\w-]+)\/?$/.exec(pathname) ?? [];
  return token === undefined ? { page: 'report', token: hash.replace(/^#/, '') } : { page: 'track', token };
}
