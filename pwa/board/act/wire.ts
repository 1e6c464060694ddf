// Names of what acting on the board says over the wire. Shapes are generated; nothing is decided here.
import type { components } from '../../lib/api/schema.ts';

type Schemas = components['schemas'];

export type Verdicts = Schemas['VerdictsOut'];
export type VerdictRow = Schemas['VerdictRowOut'];
export type Verdict = Schemas['VerdictOut'];
export type Placements = Schemas['PlacementsBody'];
export type PlacementRow = Schemas['PlacementRowBody'];
export type Deed = Schemas['DeedOut'];
export type DeedResult = Schemas['DeedResultOut'];
export type RowResult = Schemas['RowResultOut'];
