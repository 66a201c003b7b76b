package ru.reklamai.generation.order;

import ru.reklamai.message.MessageCode;

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
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.generation.credit.Balances;
import ru.reklamai.generation.credit.Credits;
import ru.reklamai.problem.Problem;
import ru.reklamai.kit.problem.Problems;

/** Takes orders: answers 202 as soon as the credits are reserved and the rows are committed. */
@Path("/api/v1/generate")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class GenerateResource {

    private static final Duration MAINTENANCE_PAUSE = Duration.ofMinutes(1);
    private static final Duration ACTIVE_PAUSE = Duration.ofSeconds(30);
    private static final Duration DAY_PAUSE = Duration.ofHours(1);

    private final OrderCheck check;
    private final Orders submitter;
    private final Balances balances;
    private final CurrentUser user;

    GenerateResource(OrderCheck check, Orders submitter, Balances balances, CurrentUser user) {
        this.check = check;
        this.submitter = submitter;
        this.balances = balances;
        this.user = user;
    }

    /**
     * @param generationId the first variant
     * @param generationIds all variants
     * @param reservedCredits for all of them together
     */
    public record GenerateAnswer(
            UUID generationId, String status, BigDecimal reservedCredits, List<UUID> generationIds) {}

    /** @param enough whether the balance suffices for all variants together */
    public record Estimate(BigDecimal credits, BigDecimal creditsEach, int count, BigDecimal balance, boolean enough) {}

    /** A repeat with the same Idempotency-Key within a day gets the same answer, and orders nothing. */
    @POST
    @APIResponseSchema(value = GenerateAnswer.class, responseCode = "202")
    @RunOnVirtualThread
    public Response generate(
            @NotNull @Valid GenerateRequest request,
            @HeaderParam("Idempotency-Key") @Size(min = 1, max = 200) String idempotencyKey) {
        return switch (submitter.submit(check.toDraft(request, Optional.ofNullable(idempotencyKey)))) {
            case Submission.Accepted accepted -> accepted(accepted.generationIds(), accepted.reservedCredits());
            case Submission.Replayed replayed -> accepted(replayed.generationIds(), replayed.reservedCredits());
            case Submission.Refused(Submission.Reason reason) -> throw refusal(reason);
            case Submission.UnknownUser() -> throw CurrentUser.gone();
            case Submission.UploadsNotReady() ->
                throw Problems.invalidField("input", MessageCode.UPLOAD_ENDED);
        };
    }

    /** What the same request would cost, with nothing ordered. */
    @POST
    @Path("/estimate")
    @RunOnVirtualThread
    public Estimate estimate(@NotNull @Valid GenerateRequest request) {
        Submission.Draft draft = check.toDraft(request, Optional.empty());
        int count = draft.ids().size();
        long balance = balances.of(user).balance();
        long credits = draft.credits() * count;
        return new Estimate(
                Credits.toDecimal(credits),
                Credits.toDecimal(draft.credits()),
                count,
                Credits.toDecimal(balance),
                credits <= balance);
    }

    private static RuntimeException refusal(Submission.Reason reason) {
        return switch (reason) {
            case KEY_REUSED ->
                Problems.of(
                        Problem.IDEMPOTENCY_KEY_REUSED,
                        MessageCode.IDEMPOTENCY_KEY_REUSED);
            case MAINTENANCE ->
                Problems.retryLater(Problem.MAINTENANCE, MAINTENANCE_PAUSE, Problem.MAINTENANCE.advice());
            case PARENT_NOT_FOUND -> Problems.of(Problem.NOT_FOUND, MessageCode.PARENT_NOT_FOUND);
            case BOARD_NOT_FOUND -> Problems.of(Problem.NOT_FOUND, MessageCode.BOARD_NOT_FOUND);
            case BOARD_READ_ONLY ->
                Problems.of(Problem.FORBIDDEN, MessageCode.BOARD_READ_ONLY);
            case TOO_MANY_ACTIVE ->
                Problems.retryLater(
                        Problem.QUOTA_REACHED,
                        ACTIVE_PAUSE,
                        MessageCode.TOO_MANY_ACTIVE);
            case TOO_MANY_TODAY ->
                Problems.retryLater(
                        Problem.QUOTA_REACHED, DAY_PAUSE, MessageCode.TOO_MANY_TODAY);
            case INSUFFICIENT ->
                Problems.of(Problem.INSUFFICIENT_CREDITS, MessageCode.CREDITS_INSUFFICIENT);
        };
    }

    private static Response accepted(List<UUID> ids, long reservedCredits) {
        var answer = new GenerateAnswer(ids.getFirst(), "queued", Credits.toDecimal(reservedCredits), ids);
        return Response.accepted(answer)
                .header("Location", "/api/v1/generations/" + ids.getFirst())
                .build();
    }
}
