// The portal's names for what comes over the wire. Shapes are generated; nothing is decided here.

import type { Schemas } from '../lib/api/index.ts';

export type Site = Schemas['PortalSiteOut'];
export type Asset = Schemas['PortalAssetOut'];
export type Intervention = Schemas['PortalInterventionOut'];
export type Visit = Schemas['PortalVisitOut'];
export type Commitment = Schemas['PortalPromiseOut'];
export type Report = Schemas['PortalReportBody'];
export type Notice = Schemas['NoticeOut'];
export type Trails = Schemas['PortalTrailsOut'];
export type Trail = Schemas['PortalTrailOut'];
export type Card = Schemas['PromiseCardOut'];
export type CardPromise = Schemas['CardPromiseOut'];
export type CardHours = Schemas['CardHoursOut'];
export type Service = Schemas['ServiceOut'];
export type Agreement = Schemas['PortalAgreementOut'];
export type PastWish = Schemas['PortalWishOut'];
export type AgreementVersion = Schemas['PortalVersionOut'];
export type Penalties = Schemas['PenaltiesOut'];
export type Month = Schemas['PortalMonthOut'];
export type MonthFigure = Schemas['PortalFigureOut'];
export type MonthLift = Schemas['PortalLiftMonthOut'];
export type CreditNote = Schemas['PortalCreditNoteOut'];

export interface Page<Item> {
  readonly items: Item[];
  readonly next_cursor?: string | null;
}
