package ru.reklamai.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import ru.reklamai.conventions.TestKeys;

/** Keys as of an auth-service that is not there yet: tests sign with one, and its other half can be had nowhere. */
public final class LateAuthService implements QuarkusTestResourceLifecycleManager {

    static final String PUBLIC_KEY = "test.public-key";

    @Override
    public Map<String, String> start() {
        Map<String, String> keys = new TestKeys().start();
        return Map.of(
                "smallrye.jwt.sign.key.location",
                keys.get("smallrye.jwt.sign.key.location"),
                PUBLIC_KEY,
                keys.get("mp.jwt.verify.publickey.location"),
                "reklamai.auth-url",
                "http://127.0.0.1:" + freePort());
    }

    @Override
    public void stop() {}

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
