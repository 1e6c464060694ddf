// What the pages of agreements ask of the server. The HTTP side is in http_gateway.ts.
import type {
  Agreement,
  AgreementBody,
  AgreementBrief,
  AgreementChange,
  Asset,
  Calendar,
  Customer,
  DecisionBody,
  Findings,
  Imported,
  Keeper,
  Region,
  ReviewBody,
  Reviews,
  Service,
  SignedFile,
  Site,
  StepBody,
  Touched,
  VersionBody,
  VersionChange,
} from './wire.ts';

/** One version of one agreement. */
export interface At {
  readonly agreement: string;
  readonly version: string;
}

/** Every call throws a `Problem` when the server says no, or says nothing. */
export interface AgreementsGateway {
  agreements(): Promise<AgreementBrief[]>;
  agreement(id: string): Promise<Agreement>;
  create(body: AgreementBody, key: string): Promise<Agreement>;
  change(agreement: Agreement, body: AgreementChange): Promise<unknown>;
  addVersion(agreement: string, body: VersionBody, key: string): Promise<unknown>;
  changeVersion(at: At, held: number, body: VersionChange): Promise<unknown>;
  step(at: At, body: StepBody, key: string): Promise<unknown>;
  findings(at: At): Promise<Findings>;
  touched(at: At): Promise<Touched>;
  upload(at: At, file: File, key: string): Promise<SignedFile>;
  keepers(): Promise<Keeper[]>;
  reviews(agreement: string): Promise<Reviews>;
  holdReview(agreement: string, body: ReviewBody, key: string): Promise<unknown>;
  decide(agreement: string, request: string, body: DecisionBody, key: string): Promise<unknown>;
  importRegister(document: unknown, key: string): Promise<Imported>;
  customers(): Promise<Customer[]>;
  regions(): Promise<Region[]>;
  calendars(): Promise<Calendar[]>;
  services(): Promise<Service[]>;
  /** Of one customer; of everybody without one. */
  sites(customer: string | null): Promise<Site[]>;
  assetsOf(site: string): Promise<Asset[]>;
  asset(id: string): Promise<Asset>;
}
