// What the pages of sites ask of the server: one line per route.
import { answerOf, api, ifVersion, type Schemas } from '../../lib/api/index.ts';
import { Problem } from '../../lib/api/problem.ts';
import { every } from '../every.ts';

export type Customer = Schemas['CustomerOut'];
export type Region = Schemas['RegionOut'];
export type Site = Schemas['SiteOut'];
export type SiteBody = Schemas['SiteBody'];
export type SiteChange = Schemas['SiteChangeBody'];
export type Asset = Schemas['AssetOut'];
export type AssetBody = Schemas['AssetBody'];
export type AssetChange = Schemas['AssetChangeBody'];
export type Document = Schemas['DocumentOut'];
export type DocumentBody = Schemas['DocumentBody'];
export type DocumentChange = Schemas['DocumentChangeBody'];
export type PlaceFound = Schemas['PlaceOut'];
export type Ledger = Schemas['OutOfServiceOut'];
export type Intervention = Schemas['InterventionOut'];

export interface WantedSites {
  readonly q?: string;
  readonly region_id?: string;
  readonly customer_id?: string;
}

interface PageOf<T> {
  readonly items: T[];
  readonly next_cursor?: string | null;
}

const PAGE = 50;
const from = (cursor: string | undefined) => ({ limit: PAGE, ...(cursor ? { cursor } : {}) });
const paper = (document_id: string) => ({ params: { path: { document_id } } });
const at = (site: string) => ({ params: { path: { site_id: site } } });

export const httpGateway = {
  customers: (): Promise<Customer[]> => every((query) => answerOf(api.GET('/api/customers', { params: { query } }))),
  regions: (): Promise<Region[]> => every((query) => answerOf(api.GET('/api/regions', { params: { query } }))),
  sites: (wanted: WantedSites, cursor?: string): Promise<PageOf<Site>> =>
    answerOf(api.GET('/api/sites', { params: { query: { ...wanted, ...from(cursor) } } })),
  site: (id: string): Promise<Site> => answerOf(api.GET('/api/sites/{site_id}', at(id))),
  keyBox: async (id: string): Promise<string> => (await answerOf(api.GET('/api/sites/{site_id}/key_box', at(id)))).key_box,
  createSite: (body: SiteBody, key: string): Promise<Site> =>
    answerOf(api.POST('/api/sites', { body, headers: { 'Idempotency-Key': key } })),
  changeSite: ({ id, version }: Site, body: SiteChange): Promise<Site> =>
    answerOf(api.PATCH('/api/sites/{site_id}', { ...at(id), headers: ifVersion(version), body })),
  places: (q: string): Promise<PlaceFound[]> => answerOf(api.GET('/api/geocode', { params: { query: { q } } })),
  assets: (wanted: { site_id?: string; q?: string }, cursor?: string): Promise<PageOf<Asset>> =>
    answerOf(api.GET('/api/assets', { params: { query: { ...wanted, ...from(cursor) } } })),
  assetsOf: (site: string): Promise<Asset[]> =>
    every((query) => answerOf(api.GET('/api/assets', { params: { query: { ...query, site_id: site } } }))),
  /** The address on a new label of each lift, by its id. */
  makeLabels: async (asset_ids: string[], replaces: boolean): Promise<Map<string, string>> => {
    const { labels } = await answerOf(api.POST('/api/labels', { body: { asset_ids, replaces } }));
    return new Map(labels.map(({ asset_id, path }) => [asset_id, path]));
  },
  asset: (id: string): Promise<Asset> => answerOf(api.GET('/api/assets/{asset_id}', { params: { path: { asset_id: id } } })),
  ledger: (asset_id: string, from_day: string, to_day: string): Promise<Ledger> =>
    answerOf(
      api.GET('/api/assets/{asset_id}/out_of_service', { params: { path: { asset_id }, query: { from_day, to_day } } }),
    ),
  createAsset: (body: AssetBody, key: string): Promise<Asset> =>
    answerOf(api.POST('/api/assets', { body, headers: { 'Idempotency-Key': key } })),
  changeAsset: ({ id, version }: Asset, body: AssetChange): Promise<Asset> =>
    answerOf(
      api.PATCH('/api/assets/{asset_id}', { params: { path: { asset_id: id } }, headers: ifVersion(version), body }),
    ),
  documents: async (site: string): Promise<Document[]> =>
    (await answerOf(api.GET('/api/sites/{site_id}/documents', at(site)))).items,
  document: async (site: string, id: string): Promise<Document> => {
    const found = (await httpGateway.documents(site)).find((each) => each.id === id);
    if (found === undefined) throw new Problem({ code: 'not_found' }, 404);
    return found;
  },
  createDocument: (body: DocumentBody, key: string): Promise<Document> =>
    answerOf(api.POST('/api/documents', { body, headers: { 'Idempotency-Key': key } })),
  changeDocument: ({ id, version }: Document, body: DocumentChange): Promise<Document> =>
    answerOf(api.PATCH('/api/documents/{document_id}', { ...paper(id), headers: ifVersion(version), body })),
  removeDocument: async ({ id, version }: Document): Promise<void> => {
    await answerOf(api.DELETE('/api/documents/{document_id}', { ...paper(id), headers: ifVersion(version) }));
  },
  sendDocument: (id: string, file: File, key: string): Promise<Document> =>
    answerOf(
      api.POST('/api/documents/{document_id}/file', {
        params: { ...paper(id).params, query: { name: file.name } },
        headers: { 'Idempotency-Key': key, 'Content-Type': 'application/pdf' },
        body: file as never,
        bodySerializer: (body: unknown) => body as Blob,
      }),
    ),
  /** What was reported there last. */
  interventions: async (site: string): Promise<Intervention[]> =>
    (await answerOf(api.GET('/api/interventions', { params: { query: { site_id: site, limit: 200 } } }))).items,
};

export type SitesGateway = typeof httpGateway;
