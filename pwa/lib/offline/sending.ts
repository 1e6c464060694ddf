// An outbox joined to the real server, locks and timers of a page or a worker.

import { answerOf, type makeClient } from '../api/client.ts';
import type { Clock } from '../api/clock.ts';
import type { CommandBody, CommandResult } from './commands.ts';
import { Outbox, type Send } from './outbox.ts';
import type { Store } from './store.ts';

const patienceMilliseconds = 800;

interface Server {
  readonly client: ReturnType<typeof makeClient>;
  readonly clock: Clock;
}

export function outboxFor(store: Store, { client, clock }: Server): Outbox {
  return new Outbox({
    store,
    clock,
    settleClock: () => settled({ client, clock }),
    send: senderTo(client),
    locks: navigator.locks,
    isOnline: () => navigator.onLine !== false,
    now: Date.now,
    later: (act, milliseconds) => setTimeout(act, milliseconds),
    random: Math.random,
  });
}

/** Asks the server for the time where this device's may have been set. A tap does not wait long. */
async function settled({ client, clock }: Server): Promise<void> {
  if (!clock.isDoubtful || navigator.onLine === false) return;
  const asked = client.GET('/api/session').catch(() => undefined);
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, patienceMilliseconds))]);
}

/** The two addresses that take commands; both answer for each of them. */
const routes = {
  visit: '/api/visits/{visit_id}/commands',
  technician: '/api/technicians/{technician_id}/commands',
} as const;

type Post = (
  route: string,
  asked: { params: { path: Record<string, string> }; body: readonly CommandBody[] },
) => Promise<{ data?: { results: CommandResult[] } }>;

function senderTo({ POST }: Server['client']): Send {
  return async ({ kind, id }, body) => {
    const params = { path: { [`${kind}_id`]: id } };
    return (await answerOf((POST as unknown as Post)(routes[kind], { params, body }))).results;
  };
}
