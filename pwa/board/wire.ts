// The board's names for what comes over the wire. Shapes are generated; nothing is decided here.
import type { components } from '../lib/api/schema.ts';

type Schemas = components['schemas'];

export type Board = Schemas['BoardOut'];
export type BoardSteps = Schemas['BoardStepsOut'];
export type Brief = Schemas['BriefOut'];
export type BriefLine = Schemas['BriefLineOut'];
export type BoardStep = Schemas['BoardStepOut'];
export type Technician = Schemas['BoardTechnicianOut'];
export type BoardChanges = Schemas['BoardChangesOut'];
export type BoardVisit = Schemas['BoardVisitOut'];
export type BoardBar = Schemas['BoardBarOut'];
export type BoardClock = Schemas['BoardClockOut'];
export type Visit = Schemas['VisitOut'];
export type Case = Schemas['CaseOut'];
export type PartUsed = Schemas['PartUsedOut'];
export type Absence = Schemas['BoardAbsenceOut'];
export type Shift = Schemas['PhoneShiftOut'];
export type Intervention = Schemas['InterventionOut'];
export type Clock = Schemas['ClockOut'];
export type Trail = Schemas['TrailOut'];
export type Origin = Schemas['OriginOut'];
export type Look = Schemas['LookBody'];
export type Looker = Schemas['LookerOut'];
export type Looks = Schemas['LooksOut'];
export type Service = Schemas['ServiceOut'];
export type Correction = Pick<Schemas['InterventionChangeBody'], 'asset_id' | 'service'>;
export type Related = Schemas['RelatedOut'];
export type RelatedReport = Schemas['RelatedReportOut'];
export type Told = Schemas['MarkOut'];
export type Pause = Schemas['PauseOut'];
export type PauseBody = Schemas['PauseBody'];
export type Answer = Schemas['ChecklistAnswerOut'];
export type EvidenceFile = Schemas['EvidenceFileOut'];
export type MoneyAtRisk = Schemas['MoneyAtRiskOut'];
export type RiskItem = Schemas['RiskItemOut'];
export type Reason = Schemas['ReasonOut'];
export type Position = Schemas['Position'];
export type Severity = Intervention['severity'];
export type VisitStatus = Visit['status'];
export type VisitCommand = Visit['allowed'][number];
export type InterventionCommand = Intervention['allowed'][number];

export type Candidates = Schemas['CandidatesOut'];
export type Candidate = Schemas['CandidateOut'];
export type Blocked = Schemas['BlockedOut'];
export type Move = Schemas['MoveOut'];
export type Cascade = Schemas['CascadeOut'];
export type Drop = Schemas['DropOut'];
export type Owed = Schemas['OwedOut'];

export type Plan = Schemas['PlanOut'];
export type PlanChange = Schemas['PlanChangeOut'];
export type PlanMeasures = Schemas['PlanMeasuresOut'];
export type PlanPoint = Schemas['PlanPointOut'];
export type Plans = Schemas['PlansOut'];
export type PlanningCheck = Schemas['PlanningCheckOut'];
export type PlanFinding = Schemas['FindingOut'];
export type PlanningPolicy = Schemas['PlanningPolicyOut'];
export type Goal = Schemas['GoalOut'];
export type PolicyBody = Schemas['PolicyBody'];
export type Scenario = Schemas['ScenarioOut'];
export type ScenarioBody = Schemas['ScenarioBody'];
export type ScenarioFigures = Schemas['ScenarioFiguresOut'];
export type Supposed = ScenarioBody['supposed'][number];
export type PlanComparison = Schemas['PlanComparisonOut'];
export type PlanDifference = Schemas['PlanDifferenceOut'];
export type PlanExplanation = Schemas['ExplanationOut'];
export type PlanLate = Schemas['LateOut'];
export type PlanRemedy = Schemas['RemedyOut'];
export type PlanWay = Schemas['WayOut'];

export type Region = Schemas['RegionOut'];
export type Site = Schemas['SiteOut'];
export type Asset = Schemas['AssetOut'];
export type BaseMap = Schemas['MapOut'];
export type Report = Schemas['ReportBody'];
export type SeverityMatrix = Schemas['SeverityMatrixOut'];
export type VisitCommandResult = Schemas['VisitCommandResultOut'];

/** A code's numbers and names, before the page puts them into words. */
export type Facts = Readonly<Record<string, unknown>>;
