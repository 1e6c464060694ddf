// The technician's service worker: the page offline, pushes, and the outbox in the background.

import { servePage, showPushes } from '../lib/offline/worker.ts';

servePage('/app/');
showPushes('/app/');
