// The portal's service worker: the page offline, and pushes. What it shows offline is in store.ts.

import { showPushes } from '../lib/offline/pushes.ts';
import { servePage } from '../lib/offline/worker.ts';

servePage('/portal/');
showPushes('/portal/');
