package ru.reklamai.generation.credit;

import jakarta.enterprise.context.ApplicationScoped;
import ru.reklamai.generation.user.CurrentUser;

/** What users have. */
@ApplicationScoped
public class Balances {

    private final CreditRepository credits;

    Balances(CreditRepository credits) {
        this.credits = credits;
    }

    /**
     * In hundredths.
     *
     * @param balance what can still be spent; reserved is out of it already
     */
    public record Balance(long balance, long reserved) {}

    /** Returns the caller's balance, with the sign-up credits of one who is new here. */
    public Balance of(CurrentUser user) {
        return credits.findBalance(user.id()).orElseGet(() -> {
            user.provision();
            return credits.findBalance(user.id()).orElseThrow(CurrentUser::gone);
        });
    }
}
