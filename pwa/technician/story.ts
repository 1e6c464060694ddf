// What happened on a visit so far, in order, each with whether the office knows it yet.

import { type CommandKind, happenedAt, type VisitDetail, type VisitPending } from '../lib/offline/commands.ts';
import type { Projected } from '../lib/offline/project.ts';

type Visit = VisitDetail['visit'];
type FactKind = VisitDetail['facts'][number]['kind'];

export interface Moment {
  readonly what: { readonly family: 'step' | 'fact' | 'visit_status'; readonly code: string };
  readonly at: string;
  readonly isSent: boolean;
}

const steps = [
  ['announced_at', 'dispatch'],
  ['accepted_at', 'accept'],
  ['en_route_at', 'start_travel'],
  ['arrived_at', 'arrive'],
  ['work_started_at', 'start_work'],
] as const satisfies readonly (readonly [keyof Visit, CommandKind | 'dispatch'])[];

const toldWhileUnsent: readonly CommandKind[] = ['pause', 'resume', 'order_follow_up', 'running_late'];

/** Told from the visit's own times, the facts, and what is still on this phone. */
export function storyOf({ detail, waiting }: Projected): Moment[] {
  const unsent = new Set<string>(waiting.map(({ kind }) => kind));
  if (waiting.some(({ payload }) => payload.is_back_in_service)) unsent.add('back_in_service');
  const moment = (family: Moment['what']['family'], code: string, at: string | null, kind: string): Moment[] =>
    at === null ? [] : [{ what: { family, code }, at, isSent: !unsent.has(kind) }];
  const told = [
    ...steps.flatMap(([stamp, kind]) => moment('step', kind, detail.visit[stamp], kind)),
    ...detail.facts.filter(isOfThisVisit(detail)).flatMap(({ kind, at }) => moment('fact', kind, at, kind)),
    ...moment('visit_status', detail.visit.status, detail.visit.finished_at, endOf(detail.visit.status)),
    ...waiting
      // An answer to the checklist is told there.
      .filter(({ kind, payload }) => toldWhileUnsent.includes(kind) || (kind === 'note' && payload.note))
      .flatMap((item) => moment('step', item.kind, happenedAt(item), item.kind)),
  ];
  return told.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** What an unsent command is called: a note without words goes by what it carries. */
export function didIn(item: Pick<VisitPending, 'kind' | 'payload' | 'files'>): CommandKind | 'answer' | 'parts' | 'goodwill' | 'files' {
  const { kind, payload, files } = item;
  if (kind !== 'note' || payload.note) return kind;
  if (files.length > 0) return 'files';
  if (payload.parts?.length) return 'parts';
  if (payload.goodwill) return 'goodwill';
  return payload.answers?.length ? 'answer' : kind;
}

function endOf(status: Visit['status']): string {
  if (status === 'completed') return 'complete';
  return status === 'partially_completed' ? 'complete_partially' : status;
}

/** The office's own facts and those of an earlier visit are not part of this one's story. */
function isOfThisVisit({ visit }: VisitDetail): (fact: { kind: FactKind; at: string }) => boolean {
  return ({ kind, at }) => {
    if (kind === 'call_received' || kind === 'acknowledged') return false;
    return visit.arrived_at !== null && Date.parse(at) >= Date.parse(visit.arrived_at) - 60_000;
  };
}
