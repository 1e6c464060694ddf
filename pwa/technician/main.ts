// Starts the technician's page.

import { mount } from 'svelte';
import '../lib/ui/base.css';
import { catalogues } from '../generated/technician.ts';
import { language } from '../lib/i18n/index.ts';
import { update } from '../lib/offline/registration.svelte.ts';
import { theme } from '../lib/ui/index.ts';
import { address } from './address.svelte.ts';
import App from './App.svelte';
import { entrance } from './entrance.svelte.ts';
import { installation } from './reach/installation.svelte.ts';

theme.start();
installation.listen();
address.follow();
await language.start(catalogues);
mount(App, { target: document.getElementById('app')! });
void entrance.start();
void update.register('/app/');
