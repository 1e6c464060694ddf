import { describe, expect, it } from 'vitest';
import { Names } from './names.svelte.ts';
import { OneAgreement } from './one_agreement.svelte.ts';
import { Signing } from './signing.svelte.ts';
import { agreement, version } from './testing/makers.ts';
import { refusal, twin } from './testing/twin.ts';
import type { AgreementsGateway } from './gateway.ts';
import type { SignedFile } from './wire.ts';

const paper = { name: 'signed.pdf' } as File;
const kept = { id: 'f1', name: 'signed.pdf' } as SignedFile;

async function opened(answers: Partial<AgreementsGateway>, attachments: SignedFile[] = []) {
  const none = async () => [];
  const server = twin({
    customers: none,
    regions: none,
    calendars: none,
    services: none,
    sites: none,
    agreement: async () => agreement({ versions: [version({ attachments })] }),
    ...answers,
  });
  const one = new OneAgreement(server, new Names(server), 'a1');
  await one.refresh();
  return { server, one, signing: new Signing(one) };
}

describe('signing', () => {
  it('hands the paper in once, however often the step is tried', async () => {
    const { server, signing } = await opened({ upload: async () => kept });
    signing.file = paper;
    signing.signatories[0]!.name = ' Ana ';
    await signing.facts();
    expect(await signing.facts()).toMatchObject({
      file_id: 'f1',
      signatories: [{ name: 'Ana', party: 'Hotel Valira' }],
    });
    expect(server.asked.filter((each) => each.call === 'upload')).toHaveLength(1);
  });

  it('takes a paper that is there already', async () => {
    const { signing } = await opened({}, [kept]);
    expect((await signing.facts())?.file_id).toBe('f1');
  });

  it('does not go on when the paper is refused', async () => {
    const refused = refusal('file_type_refused', 422);
    const { one, signing } = await opened({ upload: () => Promise.reject(refused) });
    signing.file = paper;
    expect(await signing.facts()).toBeUndefined();
    expect(one.uploading.problem?.code).toBe('file_type_refused');
  });
});
