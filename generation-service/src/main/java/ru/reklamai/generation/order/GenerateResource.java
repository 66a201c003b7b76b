package ru.reklamai.generation.order;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.credit.Balances;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.generation.generation.Generation;
import ru.reklamai.generation.generation.Status;
import ru.reklamai.generation.generation.Submission;
import ru.reklamai.generation.user.AccountGoneException;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.message.Text;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Takes orders: answers 202 as soon as the credits are reserved and the rows are committed. */
@Path("/api/v1/generate")
@Tag(name = "generations")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class GenerateResource {

    private final OrderCheck check;
    private final Orders orders;
    private final Balances balances;
    private final CurrentUser user;
    private final OrderConfig config;

    GenerateResource(OrderCheck check, Orders orders, Balances balances, CurrentUser user, OrderConfig config) {
        this.check = check;
        this.orders = orders;
        this.balances = balances;
        this.user = user;
        this.config = config;
    }

    /**
     * @param generationId the first variant
     * @param generationIds all variants
     * @param reservedCredits for all of them together
     */
    public record GenerateAnswer(
            UUID generationId,
            @Schema(examples = "queued") String status,
            @Schema(examples = "2.0") BigDecimal reservedCredits,
            List<UUID> generationIds) {}

    /** @param enough whether the balance suffices for all variants together */
    public record Estimate(
            @Schema(examples = "2.0") BigDecimal credits,
            @Schema(examples = "1.0") BigDecimal creditsEach,
            @Schema(examples = "2") int count,
            @Schema(examples = "100.0") BigDecimal balance,
            boolean enough) {}

    /** A repeat with the same Idempotency-Key within a day gets the same answer, and orders nothing. */
    @POST
    @Operation(
            operationId = "generate",
            summary = "Order a generation",
            description = "Answers as soon as the credits are reserved and the order is committed; the rest is "
                    + "told by live updates. With `count` several variants are reserved together, all or "
                    + "none, and settled each by itself. With `parentId` it is that generation again, but "
                    + "for what is given here.")
    @APIResponseSchema(value = GenerateAnswer.class, responseCode = "202")
    @APIResponse(responseCode = "402", description = "Not enough credits.")
    @APIResponse(responseCode = "403", description = "The caller may only view the board.")
    @APIResponse(responseCode = "404", description = "No such board or parent.")
    @APIResponse(responseCode = "409", description = "The Idempotency-Key was sent with another request.")
    @APIResponse(responseCode = "503", description = "Maintenance, or a part of the system is away.")
    @RunOnVirtualThread
    public Response generate(
            @NotNull @Valid GenerateRequest request,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) String idempotencyKey) {
        return switch (orders.place(checked(request, Optional.ofNullable(idempotencyKey)))) {
            case OrderOutcome.Placed(List<Generation> generations) -> accepted(generations);
            case OrderOutcome.FilesRefused(Map<String, Text> violations) -> throw Problems.invalidFields(violations);
            case OrderOutcome.Refused(Submission.Reason reason) -> throw refusal(reason);
        };
    }

    /** What the same request would cost, with nothing ordered. */
    @POST
    @Path("/estimate")
    @Operation(operationId = "estimate", summary = "What the same request would cost")
    @RunOnVirtualThread
    public Estimate estimate(@NotNull @Valid GenerateRequest request) {
        Order order = checked(request, Optional.empty());
        int count = order.ids().size();
        long balance = balances.of(user).balance();
        long credits = order.credits() * count;
        return new Estimate(
                Credits.toDecimal(credits),
                Credits.toDecimal(order.credits()),
                count,
                Credits.toDecimal(balance),
                credits <= balance);
    }

    private Order checked(GenerateRequest request, Optional<String> idempotencyKey) {
        return switch (check.check(request, idempotencyKey)) {
            case Order order -> order;
            case CheckedRequest.Invalid(Map<String, Text> violations) -> throw Problems.invalidFields(violations);
            case CheckedRequest.ParentNotFound() -> throw refusal(Submission.Reason.PARENT_NOT_FOUND);
        };
    }

    private RuntimeException refusal(Submission.Reason reason) {
        return switch (reason) {
            case UNKNOWN_USER -> new AccountGoneException();
            case UPLOADS_NOT_READY -> Problems.invalidField("input", MessageCode.UPLOAD_ENDED);
            case KEY_REUSED -> Problems.of(Problem.IDEMPOTENCY_KEY_REUSED, MessageCode.IDEMPOTENCY_KEY_REUSED);
            case MAINTENANCE -> Problems.retryAfter(config.maintenancePause(), Problems.of(Problem.MAINTENANCE));
            case PARENT_NOT_FOUND -> Problems.of(Problem.NOT_FOUND, MessageCode.PARENT_NOT_FOUND);
            case BOARD_NOT_FOUND -> Problems.of(Problem.NOT_FOUND, MessageCode.BOARD_NOT_FOUND);
            case BOARD_READ_ONLY -> Problems.of(Problem.FORBIDDEN, MessageCode.BOARD_READ_ONLY);
            case TOO_MANY_ACTIVE -> quotaReached(config.activePause(), MessageCode.TOO_MANY_ACTIVE);
            case TOO_MANY_TODAY -> quotaReached(config.dailyPause(), MessageCode.TOO_MANY_TODAY);
            case INSUFFICIENT -> Problems.of(Problem.INSUFFICIENT_CREDITS, MessageCode.CREDITS_INSUFFICIENT);
        };
    }

    private static RuntimeException quotaReached(Duration pause, MessageCode why) {
        return Problems.retryAfter(pause, Problems.of(Problem.QUOTA_REACHED, why));
    }

    private static Response accepted(List<Generation> generations) {
        List<UUID> ids = generations.stream().map(Generation::id).toList();
        long reserved =
                generations.stream().mapToLong(Generation::reservedCredits).sum();
        var answer = new GenerateAnswer(ids.getFirst(), Status.QUEUED.text(), Credits.toDecimal(reserved), ids);
        return Response.accepted(answer)
                .header("Location", "/api/v1/generations/" + ids.getFirst())
                .build();
    }
}
