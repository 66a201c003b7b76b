package ru.reklamai.generation.credit;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.user.CurrentUser;

/** The caller's balance and its history. */
@Path("/api/v1/credits")
@Tag(name = "credits")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
public class CreditResource {

    private final CreditRepository credits;
    private final Balances balances;
    private final CurrentUser user;

    CreditResource(CreditRepository credits, Balances balances, CurrentUser user) {
        this.credits = credits;
        this.balances = balances;
        this.user = user;
    }

    @GET
    @Operation(
            operationId = "getCredits",
            summary = "The caller's credits",
            description = "`balance` can be spent; `reserved` is out of it already.")
    @RunOnVirtualThread
    public CreditAccount account() {
        return CreditAccount.of(balances.of(user));
    }

    @GET
    @Path("/ledger")
    @Operation(operationId = "listLedger", summary = "The history of the credits, newest first")
    @RunOnVirtualThread
    public LedgerPage ledger(
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return LedgerPage.of(credits.findLedger(user.id(), cursor, limit), limit);
    }
}
