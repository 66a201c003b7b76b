package ru.reklamai.generation.credit;

import java.math.BigDecimal;

/** @param balance what can still be spent; reserved is out of it already */
public record CreditAccount(BigDecimal balance, BigDecimal reserved) {

    static CreditAccount of(Balance balance) {
        return new CreditAccount(Credits.toDecimal(balance.balance()), Credits.toDecimal(balance.reserved()));
    }
}
