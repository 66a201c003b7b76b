package ru.reklamai.e2e;

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
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Starts all services and the simulator on the ports of the tests, once for all test classes, and stops them after. */
public final class Stack implements BeforeAllCallback, AutoCloseable {

    static final String GATEWAY = "http://127.0.0.1:28080";
    static final String SIMULATOR = "http://127.0.0.1:28090";
    private static final String DATABASE = "jdbc:postgresql://127.0.0.1:18432/reklamai_e2e";

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Stack.class, key -> {
            reklamai("start");
            execute("UPDATE studio.models SET deadline_seconds = 10 WHERE key = 'google/imagen4-fast'");
            return this;
        });
    }

    @Override
    public void close() {
        reklamai("stop");
    }

    /** Returns the first column of the first row. */
    static long number(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getLong(1) : -1;
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

    static void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(DATABASE, "postgres", "");
    }

    /** Runs {@code ./reklamai stack e2e …}. */
    static void reklamai(String... action) {
        List<String> command = new ArrayList<>(List.of("./reklamai", "stack", "e2e"));
        command.addAll(List.of(action));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root().toFile())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
