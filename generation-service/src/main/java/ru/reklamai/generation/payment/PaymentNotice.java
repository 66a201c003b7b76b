package ru.reklamai.generation.payment;

import java.util.Optional;
import java.util.UUID;

/** What a payment provider tells us. Amounts are in kopecks. */
sealed interface PaymentNotice {

    /** @param userId as we named it when the payment was made; empty if it can't be read */
    record Paid(String paymentId, Optional<UUID> userId, long kopecks) implements PaymentNotice {}

    record Refunded(String refundId, String paymentId, long kopecks) implements PaymentNotice {}

    /** A stage that moves no credits. */
    record Passing(String event, String paymentId) implements PaymentNotice {}
}
