// What came with a report: photos of whoever made it, and the words of everybody at the lift since.
import { answerOf, api, type Schemas } from '../../lib/api/index.ts';
import { problemOf } from '../failure.ts';

export type ReportPhoto = Schemas['ReportPhotoOut'];
export type ResidentReport = Schemas['ResidentReportOut'];

export interface ReportedGateway {
  photos(intervention: string): Promise<ReportPhoto[]>;
  words(intervention: string): Promise<ResidentReport[]>;
}

const about = (intervention_id: string) => ({ params: { path: { intervention_id } } });

export const reportedGateway: ReportedGateway = {
  photos: async (id) =>
    (await answerOf(api.GET('/api/interventions/{intervention_id}/report_photos', about(id)))).photos,
  words: async (id) =>
    (await answerOf(api.GET('/api/interventions/{intervention_id}/resident_reports', about(id)))).reports,
};

export class ReportedByPeople {
  #wanted = '';
  #photos = $state.raw<readonly ReportPhoto[]>([]);
  #words = $state.raw<readonly ResidentReport[]>([]);
  readonly #gateway: ReportedGateway;

  constructor(gateway: ReportedGateway) {
    this.#gateway = gateway;
  }

  get photos(): readonly ReportPhoto[] {
    return this.#photos;
  }

  /** What was said at the lift after the report itself, whose words stand above already. */
  get words(): readonly ResidentReport[] {
    return this.#words.filter(({ is_joined: joined, wants_mail: wants }) => joined || wants);
  }

  async show(id: string): Promise<void> {
    if (id !== this.#wanted) [this.#photos, this.#words] = [[], []];
    this.#wanted = id;
    try {
      const [photos, words] = await Promise.all([this.#gateway.photos(id), this.#gateway.words(id)]);
      if (id === this.#wanted) [this.#photos, this.#words] = [photos, words];
    } catch (error) {
      // Help, not the work itself: what cannot be read is left out.
      problemOf(error);
    }
  }
}
