// The portal's names for what comes over the wire. Shapes are generated; nothing is decided here.

import type { Schemas } from '../lib/api/index.ts';

export type Site = Schemas['PortalSiteOut'];
export type Asset = Schemas['PortalAssetOut'];
export type Intervention = Schemas['PortalInterventionOut'];
export type Visit = Schemas['PortalVisitOut'];
export type Commitment = Schemas['PortalPromiseOut'];
export type Report = Schemas['PortalReportBody'];
export type Notice = Schemas['NoticeOut'];

export interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor?: string | null;
}
