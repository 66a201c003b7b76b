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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.generation.user.CurrentUser;

/** The caller's balance and its history. */
@Path("/api/v1/credits")
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

    /** @param balance what can still be spent; reserved is out of it already */
    public record CreditAccount(BigDecimal balance, BigDecimal reserved) {

        static CreditAccount of(Balances.Balance balance) {
            return new CreditAccount(Credits.toDecimal(balance.balance()), Credits.toDecimal(balance.reserved()));
        }
    }

    /** @param balanceEffect by how much the balance changed */
    public record LedgerEntry(
            UUID id,
            String type,
            BigDecimal amount,
            BigDecimal balanceEffect,
            UUID generationId,
            String reference,
            Instant createdAt) {}

    public record LedgerPage(List<LedgerEntry> items, UUID nextCursor) {

        static LedgerPage of(List<LedgerEntry> items, int limit) {
            return new LedgerPage(
                    items, items.size() < limit ? null : items.getLast().id());
        }
    }

    @GET
    @RunOnVirtualThread
    public CreditAccount account() {
        return CreditAccount.of(balances.of(user));
    }

    @GET
    @Path("/ledger")
    @RunOnVirtualThread
    public LedgerPage ledger(
            @QueryParam("cursor") Optional<UUID> cursor,
            @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
        return LedgerPage.of(credits.findLedger(user.id(), cursor, limit), limit);
    }
}
