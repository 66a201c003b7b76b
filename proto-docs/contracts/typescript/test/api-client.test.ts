import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { deflateSync } from "node:zlib";
import WebSocket from "ws";
import { ApiProblem, Reklamai, type ConnectionState, type LiveUpdates, type Update, type WebSocketLike } from "../src/api-client.js";

const GATEWAY = process.env.GATEWAY ?? "http://127.0.0.1:8080";
const PASSWORD = "correct horse";
const IMAGE = { presetKey: "image-gen", modelKey: "google/nano-banana" };
const PATIENCE = 60_000;

type Sockets = new (url: string, protocols?: string[]) => WebSocketLike;

async function newUser(): Promise<Reklamai> {
  const user = new Reklamai({ baseUrl: GATEWAY });
  await user.register(`ts-${process.pid}-${Math.random().toString(36).slice(2)}@example.org`, PASSWORD);
  return user;
}

/** Waits for a fact, looking often. */
async function until<T>(fact: () => T | undefined | false | Promise<T | undefined | false>, what: string): Promise<T> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await fact();
    if (found !== undefined && found !== false) {
      return found;
    }
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function collect(user: Reklamai, webSocket: Sockets = WebSocket as unknown as Sockets) {
  const updates: Update[] = [];
  const states: ConnectionState[] = [];
  const live = user.updates({
    webSocket,
    onUpdate: (update) => updates.push(update),
    onState: (state) => states.push(state),
  });
  const end = (id: string) => updates.find((update) => update.generationId === id && update.status === "succeeded");
  return { live, updates, states, end };
}

describe("the client", () => {
  let user: Reklamai;
  const open: LiveUpdates[] = [];

  before(async () => {
    user = await newUser();
  });
  after(() => open.forEach((live) => live.close()));

  it("orders, hears of the end and downloads", async () => {
    const { live, updates, end } = collect(user);
    open.push(live);
    const { generationId, status } = await user.generate({ ...IMAGE, prompt: "a cup", input: { params: { aspect_ratio: "1:1" } } });
    assert.equal(status, "queued");
    await until(() => end(generationId), "the end");
    const versions = updates.filter((update) => update.generationId === generationId).map((update) => update.version);
    assert.deepEqual(versions, [...versions].sort((a, b) => a - b));
    const state = await user.getStatus({ generationId });
    assert.equal(state.status, "succeeded");
    assert.equal(state.progress, 100);
    assert.equal(state.error, null);
    assert.match(state.signedPreviewUrl ?? "", /^http/);
    const { url, expiresAt } = await user.download({ generationId });
    assert.ok(new Date(expiresAt) > new Date());
    const file = new Uint8Array(await (await fetch(url)).arrayBuffer());
    assert.deepEqual([...file.slice(1, 4)], [0x50, 0x4e, 0x47]);
  });

  it("uploads a file and uses it", async () => {
    const file = new Blob([png()], { type: "image/png" });
    const uploaded = await user.uploadFile({ file, purpose: "reference", generationId: "mine" });
    assert.deepEqual([uploaded.success, uploaded.bucket, uploaded.generationId], [true, "uploads", "mine"]);
    const { generationId } = await user.generate({
      presetKey: "image-edit",
      modelKey: "google/nano-banana-edit",
      prompt: "the same",
      input: { referenceImagePath: uploaded.path },
    });
    await until(async () => (await user.getStatus({ generationId })).status === "succeeded", "the end");
  });

  it("says what is wrong with an order", async () => {
    const wrong = user.generate({ ...IMAGE, modelKey: "none", prompt: "x" });
    await assert.rejects(wrong, (problem: unknown) => {
      assert.ok(problem instanceof ApiProblem);
      assert.equal(problem.type, "/problems/invalid-fields");
      assert.equal(problem.violations[0]?.field, "modelKey");
      return true;
    });
  });

  it("speaks Russian where asked", async () => {
    const russian = new Reklamai({ baseUrl: GATEWAY, language: "ru" });
    const wrong = russian.api.GET("/api/v1/boards");
    await assert.rejects(wrong, /Отправьте токен/);
  });

  it("reaches every operation by its type", async () => {
    const { data: board } = await user.api.POST("/api/v1/boards", { body: { title: "Typed" } });
    assert.equal(board?.role, "owner");
    const { data: boards } = await user.api.GET("/api/v1/boards");
    assert.ok(boards?.items.some((item) => item.id === board?.id));
  });

  it("renews its token when it is refused", async () => {
    const other = await newUser();
    other.session.take({ ...(await tokensOf(other)), accessToken: "worn.out.token", expiresIn: 900 });
    const { data } = await other.api.GET("/api/v1/credits");
    assert.equal(data?.balance, 100);
  });

  it("orders once when a request is sent again", async () => {
    const order = { ...IMAGE, prompt: "once", idempotencyKey: "once" };
    const [first, second] = await Promise.all([user.generate(order), user.generate(order)]);
    assert.equal(first.generationId, second.generationId);
  });

  it("goes on where it left off after a break", async () => {
    const breaking: WebSocket[] = [];
    const Breaking = class extends WebSocket {
      constructor(url: string) {
        super(url);
        breaking.push(this);
      }
    };
    const { live, updates, states, end } = collect(user, Breaking as unknown as Sockets);
    open.push(live);
    await until(() => states.includes("websocket"), "the first connection");
    const { generationId } = await user.generate({ ...IMAGE, prompt: "through a break" });
    breaking[0]?.terminate();
    await until(() => breaking.length > 1, "the next connection");
    await until(() => end(generationId), "the end");
    const seen = updates.map((update) => `${update.generationId}:${update.version}`);
    assert.equal(new Set(seen).size, seen.length, "something came twice");
  });

  it("takes server-sent events where no WebSocket comes through", async () => {
    const Blocked = class {
      onopen = null;
      onmessage = null;
      onerror = null;
      onclose: (() => void) | null = null;
      constructor() {
        setTimeout(() => this.onclose?.());
      }
      send(): void {}
      close(): void {}
    };
    const { live, states, end } = collect(user, Blocked as unknown as Sockets);
    open.push(live);
    await until(() => states.includes("sse"), "server-sent events");
    const { generationId } = await user.generate({ ...IMAGE, prompt: "over SSE" });
    await until(() => end(generationId), "the end");
  });

  it("keeps its connection through a new token", async () => {
    const other = await newUser();
    const { live, states, end } = collect(other);
    open.push(live);
    await until(() => states.includes("websocket"), "the connection");
    await other.session.renew();
    const { generationId } = await other.generate({ ...IMAGE, prompt: "with a new token" });
    await until(() => end(generationId), "the end");
    assert.equal(states.filter((state) => state === "websocket").length, 1);
  });

  it("is out after the logout", async () => {
    const other = await newUser();
    await other.logout();
    await assert.rejects(other.api.GET("/api/v1/credits"), /access token/);
  });
});

/** A second login's tokens, for a test that spoils the first. */
async function tokensOf(user: Reklamai) {
  await user.session.renew();
  const held = user.session as unknown as { refreshToken: string };
  return { accessToken: "", tokenType: "Bearer", refreshToken: held.refreshToken };
}

/** A grey picture of 8 by 8. */
function png(): Uint8Array<ArrayBuffer> {
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0]);
  const rows = deflateSync(Buffer.alloc(8 * 9, 0x80).map((byte, i) => (i % 9 === 0 ? 0 : byte)));
  const parts = [
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ];
  return new Uint8Array(Buffer.concat(parts));
}

function chunk(name: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const framed = Buffer.alloc(body.length + 12);
  framed.writeUInt32BE(body.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc(named), body.length + 8);
  return framed;
}

function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
    }
  }
  return (value ^ 0xffffffff) >>> 0;
}
