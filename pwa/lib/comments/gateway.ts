// What the conversation with the other side asks of the server.
import { answerOf, api, type Schemas } from '../api/index.ts';

export type Comment = Schemas['CommentOut'];

/** What is written about. */
export type Subject = { readonly intervention: string } | { readonly agreement: string };

export interface CommentsGateway {
  read(about: Subject): Promise<Comment[]>;
  /** `key` makes a repeated message the same message. */
  write(about: Subject, text: string, key: string): Promise<Comment>;
}

export const httpGateway: CommentsGateway = {
  async read(about) {
    const { comments } =
      'intervention' in about
        ? await answerOf(
            api.GET('/api/interventions/{intervention_id}/comments', {
              params: { path: { intervention_id: about.intervention } },
            }),
          )
        : await answerOf(
            api.GET('/api/agreements/{agreement_id}/comments', {
              params: { path: { agreement_id: about.agreement } },
            }),
          );
    return comments;
  },
  write(about, text, key) {
    const sent = { body: { text }, headers: { 'Idempotency-Key': key } };
    return 'intervention' in about
      ? answerOf(
          api.POST('/api/interventions/{intervention_id}/comments', {
            params: { path: { intervention_id: about.intervention } },
            ...sent,
          }),
        )
      : answerOf(
          api.POST('/api/agreements/{agreement_id}/comments', {
            params: { path: { agreement_id: about.agreement } },
            ...sent,
          }),
        );
  },
};
