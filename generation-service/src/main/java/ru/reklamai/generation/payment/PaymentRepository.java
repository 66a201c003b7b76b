package ru.reklamai.generation.payment;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** SQL on payments: each is one function of the schema, which moves the credits too. */
@ApplicationScoped
class PaymentRepository {

    private static final String PAID = "SELECT outcome, credits FROM studio.take_payment($1, $2, $3, $4)";

    private static final String REFUNDED = "SELECT outcome, credits, missing FROM studio.take_refund($1, $2, $3, $4)";

    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(10);

    private final Pool pool;

    PaymentRepository(Pool pool) {
        this.pool = pool;
    }

    /**
     * What became of a notice.
     *
     * @param outcome credited, returned, repeated or unmatched
     * @param credits moved, in hundredths
     * @param missing of a refund, what the user had spent already
     */
    record Result(String outcome, long credits, long missing) {}

    Result take(String provider, PaymentNotice.Paid paid) {
        Row row = one(PAID, Tuple.of(provider, paid.paymentId(), paid.userId().orElse(null), paid.kopecks()));
        return new Result(row.getString("outcome"), orZero(row.getLong("credits")), 0);
    }

    Result take(String provider, PaymentNotice.Refunded refunded) {
        Row row = one(REFUNDED, Tuple.of(provider, refunded.refundId(), refunded.paymentId(), refunded.kopecks()));
        return new Result(row.getString("outcome"), orZero(row.getLong("credits")), orZero(row.getLong("missing")));
    }

    private static long orZero(Long number) {
        return number == null ? 0 : number;
    }

    private Row one(String sql, Tuple parameters) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .await()
                .atMost(QUERY_TIMEOUT)
                .iterator()
                .next();
    }
}
