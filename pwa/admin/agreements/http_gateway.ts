// The protocol of agreements spoken over HTTP. One line per route; nothing is decided here.
import { answerOf, api, ifVersion } from '../../lib/api/index.ts';
import { every } from '../every.ts';
import type { AgreementsGateway, At } from './gateway.ts';
import type { Calendar } from './wire.ts';

export const httpGateway: AgreementsGateway = {
  agreements: () =>
    every((query) => answerOf(api.GET('/api/agreements', { params: { query } }))),

  agreement: (agreement_id) =>
    answerOf(api.GET('/api/agreements/{agreement_id}', path({ agreement_id }))),

  create: (body, key) => answerOf(api.POST('/api/agreements', { body, headers: once(key) })),

  change: ({ id, version }, body) =>
    answerOf(
      api.PATCH('/api/agreements/{agreement_id}', {
        ...path({ agreement_id: id }),
        headers: ifVersion(version),
        body,
      }),
    ),

  addVersion: (agreement_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions', {
        ...path({ agreement_id }),
        headers: once(key),
        body,
      }),
    ),

  changeVersion: (at, held, body) =>
    answerOf(
      api.PATCH('/api/agreements/{agreement_id}/versions/{version_id}', {
        ...versionPath(at),
        headers: ifVersion(held),
        body,
      }),
    ),

  step: (at, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/commands', {
        ...versionPath(at),
        headers: once(key),
        body,
      }),
    ),

  findings: (at) =>
    answerOf(
      api.GET('/api/agreements/{agreement_id}/versions/{version_id}/findings', versionPath(at)),
    ),

  touched: (at) =>
    answerOf(api.GET('/api/agreements/{agreement_id}/versions/{version_id}/changes', versionPath(at))),

  upload: (at, file, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/versions/{version_id}/files', {
        params: { ...versionPath(at).params, query: { name: file.name } },
        headers: { ...once(key), 'Content-Type': 'application/pdf' },
        body: file as never,
        bodySerializer: (body: unknown) => body as Blob,
      }),
    ),

  keepers: async () => (await answerOf(api.GET('/api/agreements/keepers'))).items,

  reviews: (agreement_id) =>
    answerOf(api.GET('/api/agreements/{agreement_id}/reviews', path({ agreement_id }))),

  holdReview: (agreement_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/reviews', {
        ...path({ agreement_id }),
        headers: once(key),
        body,
      }),
    ),

  decide: (agreement_id, request_id, body, key) =>
    answerOf(
      api.POST('/api/agreements/{agreement_id}/change-requests/{request_id}/decision', {
        ...path({ agreement_id, request_id }),
        headers: once(key),
        body,
      }),
    ),

  importRegister: (document, key) =>
    answerOf(api.POST('/api/agreements/register', { body: document as never, headers: once(key) })),

  customers: () => every((query) => answerOf(api.GET('/api/customers', { params: { query } }))),

  regions: () => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),

  // The client knows windows as lists of numbers; the document says they are pairs.
  calendars: () =>
    every((query) => answerOf(api.GET('/api/calendars', { params: { query } }))) as Promise<Calendar[]>,

  services: () => every((query) => answerOf(api.GET('/api/services', { params: { query } }))),

  sites: (customer) =>
    every((page) => {
      const query = customer === null ? page : { ...page, customer_id: customer };
      return answerOf(api.GET('/api/sites', { params: { query } }));
    }),

  assetsOf: (site_id) =>
    every((page) => answerOf(api.GET('/api/assets', { params: { query: { ...page, site_id } } }))),

  asset: (asset_id) => answerOf(api.GET('/api/assets/{asset_id}', path({ asset_id }))),
};

function path<Path>(given: Path) {
  return { params: { path: given } };
}

function versionPath({ agreement, version }: At) {
  return path({ agreement_id: agreement, version_id: version });
}

/** The same key means the same wish: pressed twice, it is done once. */
function once(key: string): { 'Idempotency-Key': string } {
  return { 'Idempotency-Key': key };
}
