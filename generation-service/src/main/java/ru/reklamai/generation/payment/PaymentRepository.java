package ru.reklamai.generation.payment;

import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import ru.reklamai.kit.database.Database;

/** SQL on payments: each is one function of the schema, which moves the credits too. */
@ApplicationScoped
class PaymentRepository {

    private static final String PAID = "SELECT outcome, credits FROM studio.take_payment($1, $2, $3, $4)";

    private static final String REFUNDED = "SELECT outcome, credits, missing FROM studio.take_refund($1, $2, $3, $4)";

    private final Database database;

    PaymentRepository(Database database) {
        this.database = database;
    }

    PaymentOutcome take(String provider, PaymentNotice.Paid paid) {
        return database.one(
                PaymentRepository::toOutcomeOfPayment, PAID, provider, paid.paymentId(), paid.userId(), paid.kopecks());
    }

    PaymentOutcome take(String provider, PaymentNotice.Refunded refunded) {
        return database.one(
                PaymentRepository::toOutcomeOfRefund,
                REFUNDED,
                provider,
                refunded.refundId(),
                refunded.paymentId(),
                refunded.kopecks());
    }

    private static PaymentOutcome toOutcomeOfPayment(Row row) {
        String outcome = row.getString("outcome");
        return outcome.equals("credited") ? new PaymentOutcome.Credited(row.getLong("credits")) : other(outcome);
    }

    private static PaymentOutcome toOutcomeOfRefund(Row row) {
        String outcome = row.getString("outcome");
        return outcome.equals("returned")
                ? new PaymentOutcome.Returned(row.getLong("credits"), row.getLong("missing"))
                : other(outcome);
    }

    private static PaymentOutcome other(String outcome) {
        return switch (outcome) {
            case "repeated" -> new PaymentOutcome.Repeated();
            case "unmatched" -> new PaymentOutcome.Unmatched();
            default -> throw new IllegalStateException("Unknown outcome " + outcome);
        };
    }
}
