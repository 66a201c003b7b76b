package ru.reklamai.conventions;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;

/** A key pair for one test run: the service trusts it in place of auth-service's, and tests sign tokens with it. */
public final class TestKeys implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            return Map.of(
                    "mp.jwt.verify.publickey.location",
                    write("public", "PUBLIC KEY", pair.getPublic().getEncoded()),
                    "smallrye.jwt.sign.key.location",
                    write("private", "PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}

    private static String write(String name, String label, byte[] encoded) throws IOException {
        Path file = Files.createTempFile("test-" + name, ".pem");
        file.toFile().deleteOnExit();
        String body = Base64.getMimeEncoder().encodeToString(encoded);
        Files.writeString(file, "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
        return "file:" + file;
    }
}
