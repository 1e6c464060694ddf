// An outbox joined to the real server, locks and timers of a page or a worker.

import { answerOf, type makeClient } from '../api/client.ts';
import type { Clock } from '../api/clock.ts';
import { Outbox, type Send } from './outbox.ts';
import type { Store } from './store.ts';

interface Server {
  readonly client: ReturnType<typeof makeClient>;
  readonly clock: Clock;
}

export function outboxFor(store: Store, { client, clock }: Server): Outbox {
  return new Outbox({
    store,
    clock,
    send: senderTo(client),
    locks: navigator.locks,
    isOnline: () => navigator.onLine !== false,
    later: (act, milliseconds) => setTimeout(act, milliseconds),
    random: Math.random,
  });
}

function senderTo(client: Server['client']): Send {
  return async (visitId, body) => {
    const params = { path: { visit_id: visitId } };
    const { results } = await answerOf(
      client.POST('/api/visits/{visit_id}/commands', { params, body }),
    );
    return results[0]!;
  };
}
