// An uploader joined to the real server, locks and timers of a page or a worker.

import { answerOf, type makeClient } from '../../api/client.ts';
import type { Store } from '../store.ts';
import { type SendPiece, Uploader } from './uploader.ts';

export function uploaderFor(store: Store, client: ReturnType<typeof makeClient>): Uploader {
  return new Uploader({
    store,
    send: senderTo(client),
    locks: navigator.locks,
    isOnline: () => navigator.onLine !== false,
    later: (act, milliseconds) => setTimeout(act, milliseconds),
    random: Math.random,
  });
}

function senderTo({ PUT }: ReturnType<typeof makeClient>): SendPiece {
  return ({ visitId, id }, offset, bytes) =>
    answerOf(
      PUT('/api/visits/{visit_id}/files/{evidence_id}/content', {
        params: { path: { visit_id: visitId, evidence_id: id }, query: { offset } },
        headers: { 'Content-Type': 'application/offset+octet-stream' },
        // The body is the bytes themselves, which the document has no words for.
        body: bytes as never,
        bodySerializer: (body: unknown) => body as ArrayBuffer,
      } as never) as Promise<{ data?: Awaited<ReturnType<SendPiece>> }>,
    );
}
