package ru.reklamai.kit.database;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.data.Interval;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How repositories talk to PostgreSQL: one prepared statement a round trip, awaited on a virtual thread for a bounded
 * time. Parameters are values as the schema takes them, and besides {@link Optional} (NULL where empty), {@link Instant}
 * and {@link Duration}. Failures that a caller can act on are {@link DatabaseException}s.
 */
@ApplicationScoped
@IfBuildProperty(name = "quarkus.datasource.db-kind", stringValue = "postgresql")
public class Database {

    // SQL states: PostgreSQL's manual, appendix A.
    /** A zero character, in text or in JSON. */
    private static final Set<String> UNSTORABLE_TEXT = Set.of("22021", "22P05");
    /** Shutting down, crashed, starting, recovering, too many connections, timed out, serialization failure, deadlock. */
    private static final Set<String> AWAY =
            Set.of("57P01", "57P02", "57P03", "25006", "53300", "57014", "40001", "40P01");
    /** A foreign key that leads nowhere. */
    private static final String REFERENCE_GONE = "23503";

    private final Pool pool;
    private final Duration timeout;

    Database(Pool pool, @ConfigProperty(name = "reklamai.database.query-timeout") Duration timeout) {
        this.pool = pool;
        this.timeout = timeout;
    }

    /** Runs a statement that may take longer than usual. */
    public RowSet<Row> queryWithin(Duration limit, String sql, Object... parameters) {
        try {
            return pool.preparedQuery(sql).execute(tuple(parameters)).await().atMost(limit);
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    public RowSet<Row> query(String sql, Object... parameters) {
        return queryWithin(timeout, sql, parameters);
    }

    public <T> List<T> list(Function<Row, T> read, String sql, Object... parameters) {
        return query(sql, parameters).stream().map(read).toList();
    }

    public <T> Optional<T> first(Function<Row, T> read, String sql, Object... parameters) {
        return query(sql, parameters).stream().map(read).findFirst();
    }

    /** For statements that always have a row to return. */
    public <T> T one(Function<Row, T> read, String sql, Object... parameters) {
        return read.apply(query(sql, parameters).iterator().next());
    }

    /** Returns how many rows were changed. */
    public int update(String sql, Object... parameters) {
        return query(sql, parameters).rowCount();
    }

    public static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    public static Optional<Instant> optionalInstant(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(time -> time.toInstant());
    }

    private static Tuple tuple(Object... parameters) {
        return Tuple.tuple(Arrays.stream(parameters).map(Database::value).toList());
    }

    private static Object value(Object parameter) {
        return switch (parameter) {
            case Optional<?> optional -> optional.map(Database::value).orElse(null);
            case Instant instant -> instant.atOffset(ZoneOffset.UTC);
            case Duration duration ->
                Interval.of().seconds((int) duration.toSeconds()).microseconds(duration.toMillisPart() * 1000);
            case null -> null;
            default -> parameter;
        };
    }

    private static RuntimeException translated(RuntimeException failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case PgException pg -> translated(pg);
            case TimeoutException late -> new DatabaseException(DatabaseException.Kind.AWAY, late);
            case VertxException connection -> new DatabaseException(DatabaseException.Kind.AWAY, connection);
            case RuntimeException other -> other;
            // An IOException, or what the client throws at a connection that has just broken, which has no type of its
            // own.
            default -> new DatabaseException(DatabaseException.Kind.AWAY, cause);
        };
    }

    private static RuntimeException translated(PgException failure) {
        String state = String.valueOf(failure.getSqlState());
        if (AWAY.contains(state)) {
            return new DatabaseException(DatabaseException.Kind.AWAY, failure);
        }
        if (UNSTORABLE_TEXT.contains(state)) {
            return new DatabaseException(DatabaseException.Kind.UNSTORABLE_TEXT, failure);
        }
        return state.equals(REFERENCE_GONE)
                ? new DatabaseException(DatabaseException.Kind.OVERTAKEN, failure)
                : failure;
    }
}
