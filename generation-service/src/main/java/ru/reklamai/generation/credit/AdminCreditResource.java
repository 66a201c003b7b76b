package ru.reklamai.generation.credit;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.kit.problem.Problems;
import ru.reklamai.message.MessageCode;
import ru.reklamai.problem.Problem;

/** Users' credits, as admins see and change them. */
@Path("/api/v1/admin/users/{id}/credits")
@Tag(name = "admin")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Consumes(MediaType.APPLICATION_JSON)
public class AdminCreditResource {

    private static final Logger LOG = Logger.getLogger(AdminCreditResource.class);

    private final CreditRepository credits;
    private final CurrentUser admin;

    AdminCreditResource(CreditRepository credits, CurrentUser admin) {
        this.credits = credits;
        this.admin = admin;
    }

    /**
     * @param amount what the user gets, or loses if it is negative; at most two decimals
     * @param reason for the audit log
     */
    public record Adjustment(
            @NotNull
            @Digits(integer = 7, fraction = 2)
            @DecimalMin("-1000000")
            @DecimalMax("1000000")
            @Schema(examples = "25.5")
            BigDecimal amount,

            @NotBlank @Size(max = 500) @Schema(examples = "a gift")
            String reason) {}

    @GET
    @Operation(operationId = "getUserCredits", summary = "A user's credits")
    @RunOnVirtualThread
    public CreditAccount account(@PathParam("id") UUID user) {
        return credits.findBalance(user).map(CreditAccount::of).orElseThrow(AdminCreditResource::unknown);
    }

    @GET
    @Path("/ledger")
    @Operation(operationId = "listUserLedger", summary = "The history of a user's credits")
    @RunOnVirtualThread
    public LedgerPage ledger(
            @PathParam("id") UUID user,
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return LedgerPage.of(credits.findLedger(user, cursor, limit), limit);
    }

    /** Once for each Idempotency-Key: a repeat changes nothing and answers as the first did. */
    @POST
    @Operation(
            operationId = "adjustCredits",
            summary = "Give or take credits",
            description = "Once for each Idempotency-Key, which is required.")
    @APIResponse(responseCode = "200")
    @APIResponse(
            responseCode = "409",
            description = "The user doesn't have that many, or the key was used for something else.")
    @RunOnVirtualThread
    public CreditAccount adjust(
            @PathParam("id") UUID user,
            @NotNull @Valid Adjustment adjustment,
            @HeaderParam("Idempotency-Key") @NotNull @Size(min = 1, max = 200) String key) {
        long amount = Credits.toHundredths(adjustment.amount());
        if (amount == 0) {
            throw Problems.invalidField("amount", MessageCode.MUST_NOT_BE_ZERO);
        }
        AdjustmentOutcome outcome = credits.adjust(user, amount, "admin:" + key, admin.id(), adjustment.reason());
        LOG.infof(
                "credits adjusted: userId=%s amount=%s outcome=%s adminId=%s",
                user, adjustment.amount(), outcome, admin.id());
        return switch (outcome) {
            case DONE, REPEATED -> account(user);
            case UNKNOWN_ACCOUNT -> throw unknown();
            case INSUFFICIENT -> throw Problems.of(Problem.CONFLICT, MessageCode.USER_CREDITS_INSUFFICIENT);
            case REFERENCE_REUSED ->
                throw Problems.of(Problem.IDEMPOTENCY_KEY_REUSED, MessageCode.IDEMPOTENCY_KEY_REUSED);
        };
    }

    private static RuntimeException unknown() {
        return Problems.of(Problem.NOT_FOUND, MessageCode.USER_NOT_FOUND);
    }
}
