package ru.reklamai.generation.generation;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.problem.Problem;
import ru.reklamai.problem.Problems;

/** Takes orders: answers 202 as soon as the credits are reserved and the row is committed. */
@Path("/api/v1/generate")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class GenerateResource {

    private final GenerationSubmitter submitter;

    GenerateResource(GenerationSubmitter submitter) {
        this.submitter = submitter;
    }

    /** Paths are those that upload answered. */
    public record Input(
            @Size(max = 300) String startFramePath,
            @Size(max = 300) String endFramePath,
            @Size(max = 300) String referenceImagePath,
            @Size(max = 300) String referenceVideoPath,
            @Size(max = 300) String audioPath,
            @Size(max = 50) Map<String, Object> params) {}

    public record GenerateRequest(
            @NotBlank @Size(max = 100) String presetKey,
            @NotBlank @Size(max = 100) String modelKey,
            @Size(max = 5000) String prompt,
            @Size(max = 5000) String negativePrompt,
            UUID boardId,
            @Valid Input input) {}

    public record GenerateAnswer(UUID generationId, String status, BigDecimal reservedCredits) {}

    @POST
    @RunOnVirtualThread
    public Response generate(
            @NotNull @Valid GenerateRequest request,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) String idempotencyKey) {
        return switch (submitter.submit(request, idempotencyKey)) {
            case Submission.Accepted accepted ->
                accepted(accepted.generationId(), "queued", accepted.reservedCredits());
            case Submission.Replayed replayed ->
                accepted(replayed.generationId(), replayed.status(), replayed.reservedCredits());
            case Submission.KeyReused() ->
                throw Problems.of(
                        Problem.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key was sent with another request. Use a new key for a new request.");
            case Submission.InsufficientCredits() ->
                throw Problems.of(Problem.INSUFFICIENT_CREDITS, "Top up your credits, or choose a cheaper model.");
            case Submission.BoardNotFound() -> throw Problems.of(Problem.NOT_FOUND, "There is no such board.");
            case Submission.BoardReadOnly() ->
                throw Problems.of(
                        Problem.FORBIDDEN, "You may only view this board. Ask its owner to make you an editor.");
            case Submission.UnknownUser() -> throw new IllegalStateException("User could not be provisioned");
        };
    }

    private static Response accepted(UUID id, String status, long reservedCredits) {
        return Response.accepted(new GenerateAnswer(id, status, Credits.toDecimal(reservedCredits)))
                .header("Location", "/api/v1/generations/" + id)
                .build();
    }
}
