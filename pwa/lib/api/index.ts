// What pages use to talk to the server.

export { answerOf, api, ifVersion, type Schemas } from './client.ts';
export { clock } from './clock.ts';
export { type FieldFault, Problem } from './problem.ts';
export { session, type SessionOut } from './session.svelte.ts';
export { type Change, stream } from './stream.ts';
export { ticking } from './ticking.svelte.ts';
