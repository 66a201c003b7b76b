package ru.reklamai.status;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** Neighbours at ports where a test starts stubs of them when it likes; limits that a test reaches. */
public final class TestSettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "reklamai.generation-url",
                url(),
                "reklamai.auth-url",
                url(),
                "reklamai.connection.max-waiting",
                "50",
                "reklamai.connection.keep-alive",
                "PT0.3S");
    }

    @Override
    public void stop() {}

    private static String url() {
        try (var socket = new ServerSocket(0)) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
