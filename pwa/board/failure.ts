// Telling a refused or unanswered call from a fault of our own, which must not be hidden.
// What a problem says in words is in messages/lib.
import { Problem } from '../lib/api/problem.ts';

/** The problem that was thrown; anything else goes on as the fault it is. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

export function faceOf(problem: Problem): 'offline' | 'failed' {
  return problem.isOffline ? 'offline' : 'failed';
}
