package ru.reklamai.generation.credit;

import jakarta.enterprise.context.ApplicationScoped;
import ru.reklamai.generation.user.AccountGoneException;
import ru.reklamai.generation.user.CurrentUser;

/** What users have. */
@ApplicationScoped
public class Balances {

    private final CreditRepository credits;

    Balances(CreditRepository credits) {
        this.credits = credits;
    }

    /** Returns the caller's balance, with the sign-up credits of one who is new here. */
    public Balance of(CurrentUser user) {
        return credits.findBalance(user.id()).orElseGet(() -> {
            user.provision();
            return credits.findBalance(user.id()).orElseThrow(AccountGoneException::new);
        });
    }
}
