package ru.reklamai.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Servers and services of these tests' own, all of which may be killed; connections go through proxies. */
final class FaultStack implements AutoCloseable {

    static final String GATEWAY = "http://127.0.0.1:48080";
    static final String SIMULATOR = "http://127.0.0.1:48090";
    static final String BROKER = "amqp://reklamai:reklamai@127.0.0.1:38672/reklamai-faults";
    static final List<String> SERVICES =
            List.of("auth-service", "generation-service", "provider-worker", "status-service", "api-gateway");
    static final List<String> SERVERS = List.of("postgresql", "rabbitmq", "redis", "s3");
    private static final String DATABASE = "jdbc:postgresql://127.0.0.1:38432/reklamai_faults";
    private static final int HIGH_SIGN_UP_CREDITS = 1_000_000_000;

    private final Map<String, TcpProxy> proxies = new LinkedHashMap<>();

    FaultStack() {
        proxies.put("postgresql", new TcpProxy(58432, 38432));
        proxies.put("rabbitmq", new TcpProxy(58672, 38672));
        proxies.put("redis", new TcpProxy(58379, 38379));
        proxies.put("s3", new TcpProxy(58333, 38333));
        proxies.put("kie", new TcpProxy(58090, 48090));
        run("servers");
        run("start");
        execute("UPDATE studio.admin_settings SET value = '" + HIGH_SIGN_UP_CREDITS
                + "' WHERE key = 'sign_up_credits_hundredths'");
        execute("UPDATE studio.models SET deadline_seconds = 180");
        execute("UPDATE studio.models SET deadline_seconds = 10 WHERE key = 'google/imagen4-fast'");
    }

    TcpProxy proxy(String server) {
        return proxies.get(server);
    }

    /** Runs {@code ./reklamai stack faults …}. */
    void run(String... action) {
        List<String> command = new ArrayList<>(List.of("./reklamai", "stack", "faults"));
        command.addAll(List.of(action));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            root().resolve(".local/log/faults.log").toFile()))
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed, see .local/log/faults.log");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns the rows' columns as text. */
    static List<List<String>> query(String sql) {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(DATABASE, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static long number(String sql) {
        return Long.parseLong(query(sql).getFirst().getFirst());
    }

    private static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(DATABASE, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("reklamai"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Override
    public void close() throws IOException {
        run("stop");
        for (TcpProxy proxy : proxies.values()) {
            proxy.close();
        }
    }
}
