import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./schema.js";
import { LiveUpdates, type LiveUpdatesOptions } from "./live-updates.js";
import { ApiProblem } from "./problem.js";
import { Session } from "./session.js";

export { ApiProblem, LiveUpdates };
export type { ConnectionState, LiveUpdatesOptions, Update, WebSocketLike } from "./live-updates.js";
export type { components, paths } from "./schema.js";

type Schemas = components["schemas"];

export interface ReklamaiOptions {
  /** Where the gateway is; empty for the page's own origin. */
  baseUrl?: string;
  fetch?: typeof fetch;
  /** For messages: ru or en. */
  language?: "ru" | "en";
  /** Whether there are no cookies, so that the refresh token must be kept here; so in Node. */
  keepsRefreshToken?: boolean;
}

export interface GenerateParameters {
  boardId?: string;
  presetKey: string;
  modelKey: string;
  prompt: string;
  negativePrompt?: string;
  input?: Schemas["Input"];
  count?: number;
  /** The same key orders once, however often the request is sent; made here if it is left out. */
  idempotencyKey?: string;
}

export interface UploadParameters {
  file: Blob;
  purpose: Schemas["UploadRequest"]["purpose"];
  fileName?: string;
  /** Given back as it is. */
  generationId?: string;
}

/** ReklamAI's API. `api` is all of it, typed; the methods are what the SPA does most. Errors are {@link ApiProblem}s. */
export class Reklamai {
  /** Every operation of the description, as in `api.GET("/api/v1/boards/{id}", {params: {path: {id}}})`. */
  readonly api: Client<paths>;
  readonly session: Session;
  private readonly baseUrl: string;
  private readonly fetchImpl: typeof fetch;

  constructor(options: ReklamaiOptions = {}) {
    this.baseUrl = options.baseUrl ?? globalThis.location?.origin ?? "";
    this.fetchImpl = options.fetch ?? ((input, init) => fetch(input, init));
    const keeps = options.keepsRefreshToken ?? typeof globalThis.document === "undefined";
    this.session = new Session(this.baseUrl, this.fetchImpl, keeps);
    this.api = createClient<paths>({ baseUrl: this.baseUrl, fetch: (request: Request) => this.send(request) });
    this.api.use(inLanguage(options.language));
  }

  async register(email: string, password: string, fullName?: string): Promise<void> {
    await this.session.start("register", { email, password, fullName });
  }

  async login(email: string, password: string): Promise<void> {
    await this.session.start("login", { email, password });
  }

  async logout(): Promise<void> {
    await this.session.end();
  }

  async generate(parameters: GenerateParameters): Promise<{ generationId: string; status: string; generationIds: string[] }> {
    const { idempotencyKey = newKey(), ...body } = parameters;
    const answer = await this.api.POST("/api/v1/generate", {
      params: { header: { "Idempotency-Key": idempotencyKey } },
      body,
    });
    return dataOf(answer);
  }

  async getStatus({ generationId }: { generationId: string }): Promise<{
    status: Schemas["GenerationView"]["status"];
    progress: number | null;
    signedPreviewUrl: string | null;
    error: Schemas["ErrorInfo"] | null;
  }> {
    const generation = dataOf(
      await this.api.GET("/api/v1/generations/{id}", { params: { path: { id: generationId } } }),
    );
    return {
      status: generation.status,
      progress: generation.progress ?? null,
      signedPreviewUrl: generation.previewUrl ?? null,
      error: generation.error ?? null,
    };
  }

  async download(parameters: { generationId: string; position?: number }): Promise<{ url: string; expiresAt: string }> {
    return dataOf(await this.api.POST("/api/v1/download", { body: parameters }));
  }

  /** Puts the file straight into the store and has it looked at there. */
  async uploadFile({ file, purpose, fileName, generationId }: UploadParameters): Promise<{
    success: boolean;
    bucket: string;
    path: string;
    generationId: string | undefined;
  }> {
    const ticket = dataOf(
      await this.api.POST("/api/v1/upload", {
        body: {
          purpose,
          fileName: fileName ?? (file as File).name ?? "file",
          contentType: file.type,
          fileSize: file.size,
        },
      }),
    ) as Schemas["UploadTicket"];
    const put = await this.fetchImpl(ticket.uploadUrl, { method: "PUT", body: file });
    if (!put.ok) {
      throw ApiProblem.of(put.status, undefined);
    }
    const done = dataOf(await this.api.POST("/api/v1/upload/complete", { body: { path: ticket.path } }));
    return { ...done, generationId };
  }

  updates(options: LiveUpdatesOptions): LiveUpdates {
    return new LiveUpdates(this.baseUrl, this.session, this.fetchImpl, options);
  }

  /** Adds the token, renews it once if it is refused, and makes errors of problems. */
  private async send(request: Request): Promise<Response> {
    const again = request.clone();
    let answer = await this.withToken(request, await this.session.token());
    if (answer.status === 401 && (await this.session.token()) !== "") {
      answer = await this.withToken(again, await this.session.renew());
    }
    if (!answer.ok && answer.status !== 304) {
      throw ApiProblem.of(answer.status, await answer.json().catch(() => undefined));
    }
    return answer;
  }

  private withToken(request: Request, token: string): Promise<Response> {
    if (token !== "") {
      request.headers.set("Authorization", `Bearer ${token}`);
    }
    return this.fetchImpl(request);
  }
}

function inLanguage(language: string | undefined): Middleware {
  return {
    onRequest({ request }) {
      if (language !== undefined) {
        request.headers.set("Accept-Language", language);
      }
      return request;
    },
  };
}

/** Node 18 has no global crypto; a key need only differ from the user's others. */
function newKey(): string {
  return globalThis.crypto?.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`;
}

/** Errors have been thrown before. */
function dataOf<T>(answer: { data?: T }): T {
  return answer.data as T;
}
