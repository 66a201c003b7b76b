package ru.reklamai.generation.credit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.flywaydb.core.Flyway;

/** Whatever moves credits, in whatever order and however often at once: the ledger and the balance agree. */
class LedgerProperties {

    private static final String URL = "jdbc:"
            + System.getenv().getOrDefault("REKLAMAI_POSTGRES_URL", "postgresql://127.0.0.1:18432/reklamai_test");
    private static final String ROLE = "generation_service";
    private static final int GENERATIONS = 4;
    private static final int THREADS = 4;

    enum Kind {
        RESERVE,
        FINALIZE,
        FINALIZE_HALF,
        REFUND
    }

    record Move(Kind kind, int generation, long amount) {}

    @BeforeContainer
    static void migrate() {
        Flyway.configure()
                .dataSource(URL, ROLE, ROLE)
                .defaultSchema("studio")
                .locations("db/studio")
                .load()
                .migrate();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Move> move = Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, GENERATIONS - 1),
                        Arbitraries.longs().between(1, 6000))
                .as(Move::new);
        return move.list().ofMinSize(1).ofMaxSize(24);
    }

    @Property(tries = 60)
    void balanceAndReservationsAreWhatTheLedgerSays(@ForAll("moves") List<Move> moves)
            throws SQLException, InterruptedException, ExecutionException {
        UUID owner = UuidCreator.getTimeOrderedEpoch();
        List<UUID> generations = new ArrayList<>();
        try (Connection connection = connect()) {
            call(connection, "SELECT studio.provision_user(?, 'a@example.org', '')", owner);
            for (int i = 0; i < GENERATIONS; i++) {
                generations.add(UuidCreator.getTimeOrderedEpoch());
                insertGeneration(connection, owner, generations.get(i));
            }
        }
        run(moves, owner, generations);
        try (Connection connection = connect()) {
            assertThat(number(connection, "SELECT count(*) FROM studio.credit_discrepancies WHERE owner_id = ?", owner))
                    .isZero();
            assertThat(number(connection, "SELECT balance FROM studio.credit_accounts WHERE owner_id = ?", owner))
                    .isBetween(0L, 10_000L);
            assertThat(number(connection, OPEN_RESERVATIONS, owner))
                    .isEqualTo(number(
                            connection, "SELECT reserved FROM studio.credit_accounts WHERE owner_id = ?", owner));
        }
    }

    private static final String OPEN_RESERVATIONS = """
            SELECT coalesce(sum(r.amount), 0)
            FROM studio.credit_ledger r
            WHERE r.owner_id = ?
              AND r.type = 'reserve'
              AND NOT EXISTS (SELECT FROM studio.credit_ledger e
                              WHERE e.generation_id = r.generation_id
                                AND e.type IN ('finalize', 'refund'))
            """;

    private static void run(List<Move> moves, UUID owner, List<UUID> generations)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (Move move : moves) {
                running.add(threads.submit(() -> {
                    make(move, owner, generations.get(move.generation()));
                    return null;
                }));
            }
            for (Future<?> done : running) {
                done.get();
            }
        }
    }

    private static void make(Move move, UUID owner, UUID generation) throws SQLException {
        try (Connection connection = connect()) {
            switch (move.kind()) {
                case RESERVE ->
                    call(connection, "SELECT studio.rpc_credit_reserve(?, ?, ?)", owner, generation, move.amount());
                case FINALIZE -> call(connection, FINALIZE.formatted("amount"), generation);
                case FINALIZE_HALF -> call(connection, FINALIZE.formatted("amount / 2"), generation);
                case REFUND -> call(connection, "SELECT studio.rpc_credit_refund(?)", generation);
            }
        }
    }

    private static final String FINALIZE = """
            SELECT studio.rpc_credit_finalize(generation_id, %s)
            FROM studio.credit_ledger
            WHERE generation_id = ?
              AND type = 'reserve'
            """;

    private static void insertGeneration(Connection connection, UUID owner, UUID id) throws SQLException {
        String sql = """
                INSERT INTO studio.generations (id, user_id, board_id, preset_key, model_key, modality, prompt, input,
                                                provider_request, reserved_credits, request_hash, deadline_at,
                                                published_version, published_at)
                SELECT ?, owner_id, id, 'image-gen', 'm', 'image', 'p', '{}', '{}', 0, 'h', now(), 1, now()
                FROM studio.boards
                WHERE owner_id = ?
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, id);
            insert.setObject(2, owner);
            insert.executeUpdate();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(URL, ROLE, ROLE);
    }

    private static void call(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }

    private static long number(Connection connection, String sql, UUID owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, owner);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }
}
