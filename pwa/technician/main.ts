// Starts the technician's page.

import { mount } from 'svelte';
import { catalogues } from '../generated/technician.ts';
import { language, time } from '../lib/i18n/index.ts';
import { update } from '../lib/offline/registration.svelte.ts';
import { breath, drawn, theme } from '../lib/ui/index.ts';
import { address } from './address.svelte.ts';
import App from './App.svelte';
import { entrance } from './entrance.svelte.ts';
import { installation } from './reach/installation.svelte.ts';

theme.start();
installation.listen();
address.follow();
// The phone's storage is read while the texts come.
const texts = language.start(catalogues);
void entrance.start();
await texts;
// The first format of all loads the platform's own tables, longer than everything else here.
time(0);
await breath();
const app = document.getElementById('app')!;
// The page's own bar gives way to the one that can be used.
app.replaceChildren();
mount(App, { target: app });
void drawn().then(() => update.register('/app/'));
