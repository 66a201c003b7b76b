import type { components } from "./schema.js";
import { ApiProblem } from "./problem.js";

type Tokens = components["schemas"]["Tokens"];

const HALF_A_MINUTE = 30_000;

/**
 * The login of one user. The access token stays in memory; the refresh token is the browser's HttpOnly cookie, and is kept
 * here only where there are no cookies (Node). An access token that ends is renewed before anyone notices, once for all
 * requests that wait for it.
 */
export class Session {
  private accessToken = "";
  private refreshToken: string | undefined;
  private endsAt = 0;
  private renewal: Promise<string> | undefined;
  private readonly listeners = new Set<(accessToken: string) => void>();

  constructor(
    private readonly baseUrl: string,
    private readonly fetchImpl: typeof fetch,
    private readonly keepsRefreshToken: boolean,
  ) {}

  async start(path: "login" | "register", body: object): Promise<void> {
    this.take(await this.post(path, body));
  }

  async end(): Promise<void> {
    await this.fetchImpl(`${this.baseUrl}/api/v1/auth/logout`, this.request({ refreshToken: this.refreshToken }));
    this.accessToken = "";
    this.refreshToken = undefined;
    this.endsAt = 0;
  }

  /** Takes tokens that came another way, as from a change of the password. */
  take(tokens: Tokens): string {
    this.accessToken = tokens.accessToken;
    this.endsAt = Date.now() + tokens.expiresIn * 1000;
    if (this.keepsRefreshToken) {
      this.refreshToken = tokens.refreshToken;
    }
    for (const listener of this.listeners) {
      listener(this.accessToken);
    }
    return this.accessToken;
  }

  /** Returns a token that works; an empty text if nobody has logged in. */
  async token(): Promise<string> {
    const isOld = this.accessToken !== "" && Date.now() > this.endsAt - HALF_A_MINUTE;
    return isOld ? this.renew() : this.accessToken;
  }

  /** Gets the next token, with the refresh token or the cookie. */
  renew(): Promise<string> {
    this.renewal ??= this.post("refresh", { refreshToken: this.refreshToken })
      .then((tokens) => this.take(tokens))
      .finally(() => {
        this.renewal = undefined;
      });
    return this.renewal;
  }

  /** Calls the listener with each new token; returns how to stop that. */
  onToken(listener: (accessToken: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async post(path: string, body: object): Promise<Tokens> {
    const answer = await this.fetchImpl(`${this.baseUrl}/api/v1/auth/${path}`, this.request(body));
    const json: unknown = await answer.json().catch(() => undefined);
    if (!answer.ok) {
      throw ApiProblem.of(answer.status, json);
    }
    return json as Tokens;
  }

  private request(body: object): RequestInit {
    return {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      credentials: "include",
      body: JSON.stringify(body),
    };
  }
}
