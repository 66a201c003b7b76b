import type { components } from "./schema.js";

export type Problem = components["schemas"]["Problem"];

/** An answer that is an error (RFC 9457). Look at `type`, show `message`. */
export class ApiProblem extends Error {
  /** Stable, as in /problems/insufficient-credits. */
  readonly type: string;
  readonly status: number;
  readonly violations: NonNullable<Problem["violations"]>;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = "ApiProblem";
    this.type = problem.type;
    this.status = problem.status;
    this.violations = problem.violations ?? [];
  }

  /** For answers that are no problem+json, as of a proxy in between. */
  static of(status: number, body: unknown): ApiProblem {
    const isProblem = typeof body === "object" && body !== null && "type" in body && "title" in body;
    return new ApiProblem(
      isProblem ? (body as Problem) : { type: "about:blank", title: `The server answered ${status}.`, status },
    );
  }
}
