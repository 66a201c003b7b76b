import type { components } from "./schema.js";
import type { Session } from "./session.js";

export type Update = components["schemas"]["UserUpdate"];
export type ConnectionState = "connecting" | "websocket" | "sse" | "closed";

/** What is needed of a WebSocket; the browser's, Node 22's and the package ws' are such. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(): void;
}

export interface LiveUpdatesOptions {
  /** Each state of each generation, never one that is older than the last. */
  onUpdate(update: Update): void;
  onState?(state: ConnectionState): void;
  /** Where there is no global WebSocket, as in Node before 22. */
  webSocket?: new (url: string, protocols?: string[]) => WebSocketLike;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 15_000;
const WEBSOCKET_ATTEMPTS = 2;
/** After so long on SSE the WebSocket is tried again. */
const SSE_TIME = 5 * 60_000;

/**
 * All updates of the user who is logged in, as long as it takes: it connects again after every break, goes on where it
 * left off, and takes server-sent events where no WebSocket comes through.
 */
export class LiveUpdates {
  private readonly versions = new Map<string, number>();
  private newest = "";
  private failures = 0;
  private isClosed = false;
  private endConnection: () => void = () => {};
  private readonly forgetSession: () => void;

  constructor(
    private readonly baseUrl: string,
    private readonly session: Session,
    private readonly fetchImpl: typeof fetch,
    private readonly options: LiveUpdatesOptions,
  ) {
    this.forgetSession = session.onToken((token) => this.useToken(token));
    void this.run();
  }

  close(): void {
    this.isClosed = true;
    this.forgetSession();
    this.endConnection();
    this.tell("closed");
  }

  private useToken: (token: string) => void = () => {};

  private async run(): Promise<void> {
    while (!this.isClosed) {
      this.tell("connecting");
      const opened = await this.connect().catch(() => false);
      this.failures = opened ? 0 : this.failures + 1;
      if (!this.isClosed) {
        await pause(this.failures);
      }
    }
  }

  /** Stays as long as the connection does; returns whether there was one. */
  private async connect(): Promise<boolean> {
    const WebSocketImpl = this.options.webSocket ?? (globalThis.WebSocket as LiveUpdatesOptions["webSocket"]);
    const tryWebSocket = WebSocketImpl !== undefined && this.failures < WEBSOCKET_ATTEMPTS;
    return tryWebSocket ? this.overWebSocket(WebSocketImpl) : this.overSse();
  }

  private async overWebSocket(WebSocketImpl: NonNullable<LiveUpdatesOptions["webSocket"]>): Promise<boolean> {
    const ticket = await this.ticket();
    const query = new URLSearchParams({ ticket, ...this.since() });
    return new Promise<boolean>((resolve) => {
      let opened = false;
      const socket = new WebSocketImpl(`${this.baseUrl.replace(/^http/, "ws")}/ws?${query}`);
      this.endConnection = () => socket.close();
      this.useToken = (token) => {
        if (opened) {
          socket.send(JSON.stringify({ type: "token", token }));
        }
      };
      socket.onopen = () => {
        opened = true;
        this.tell("websocket");
      };
      socket.onmessage = (event: { data: unknown }) => this.take(JSON.parse(String(event.data)) as Update);
      socket.onerror = () => {};
      socket.onclose = () => {
        this.useToken = () => {};
        resolve(opened);
      };
    });
  }

  /** fetch rather than EventSource: it sends the token, and runs everywhere. */
  private async overSse(): Promise<boolean> {
    const abort = new AbortController();
    this.endConnection = () => abort.abort();
    const timer = setTimeout(() => abort.abort(), SSE_TIME);
    try {
      const answer = await this.fetchImpl(`${this.baseUrl}/api/v1/updates?${new URLSearchParams(this.since())}`, {
        headers: { Accept: "text/event-stream", Authorization: `Bearer ${await this.session.token()}` },
        signal: abort.signal,
      });
      if (!answer.ok || answer.body === null) {
        await (answer.status === 401 ? this.session.renew() : answer.body?.cancel());
        return false;
      }
      this.tell("sse");
      await this.readEvents(answer.body);
    } catch (failure) {
      if (!abort.signal.aborted) {
        throw failure;
      }
    } finally {
      clearTimeout(timer);
    }
    return true;
  }

  private async readEvents(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const reader = body.getReader();
    let buffer = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      buffer += decoder.decode(part.value, { stream: true });
      const events = buffer.split("\n\n");
      buffer = events.pop() ?? "";
      for (const event of events) {
        const data = event
          .split("\n")
          .filter((line) => line.startsWith("data:"))
          .map((line) => line.slice("data:".length))
          .join("\n");
        if (data !== "") {
          this.take(JSON.parse(data) as Update);
        }
      }
    }
  }

  private async ticket(): Promise<string> {
    const ask = async (token: string) =>
      this.fetchImpl(`${this.baseUrl}/api/v1/auth/ticket`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}` },
      });
    let answer = await ask(await this.session.token());
    if (answer.status === 401) {
      answer = await ask(await this.session.renew());
    }
    if (!answer.ok) {
      throw new Error(`No ticket: ${answer.status}`);
    }
    return ((await answer.json()) as components["schemas"]["Ticket"]).ticket;
  }

  private since(): Record<string, string> {
    return this.newest === "" ? {} : { since: this.newest };
  }

  private take(update: Update): void {
    if (update.at > this.newest) {
      this.newest = update.at;
    }
    if ((this.versions.get(update.generationId) ?? 0) < update.version) {
      this.versions.set(update.generationId, update.version);
      this.options.onUpdate(update);
    }
  }

  private tell(state: ConnectionState): void {
    this.options.onState?.(state);
  }
}

/** With some chance in it, so that a thousand clients don't come back at the same moment. */
function pause(failures: number): Promise<void> {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}
