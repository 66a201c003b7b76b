package ru.reklamai.generation.credit;

import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param balance what can still be spent; reserved is out of it already */
public record CreditAccount(
        @Schema(examples = "99.0") BigDecimal balance,
        @Schema(examples = "1.0") BigDecimal reserved) {

    static CreditAccount of(Balance balance) {
        return new CreditAccount(Credits.toDecimal(balance.balance()), Credits.toDecimal(balance.reserved()));
    }
}
