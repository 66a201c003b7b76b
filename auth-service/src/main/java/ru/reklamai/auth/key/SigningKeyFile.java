package ru.reklamai.auth.key;

import io.smallrye.jwt.util.KeyUtils;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;

/** Where the signing key comes from: the environment in production, elsewhere a file that the first start makes. */
class SigningKeyFile {

    private static final Logger LOG = Logger.getLogger(SigningKeyFile.class);
    private static final int KEY_BITS = 2048;

    @Produces
    @Singleton
    static SigningKey signingKey(AuthConfig config) {
        return new SigningKey(config.signingKey().orElseGet(() -> readOrMake(config.signingKeyFile())));
    }

    static String readOrMake(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : make(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key file can't be read or written", e);
        }
    }

    private static String make(Path file) throws IOException {
        String pem = newKey();
        Files.createDirectories(file.toAbsolutePath().getParent());
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.writeString(Files.createFile(file, onlyOwner), pem);
        LOG.infof("signing key made: file=%s", file);
        return pem;
    }

    private static String newKey() {
        try {
            byte[] encoded = KeyUtils.generateKeyPair(KEY_BITS).getPrivate().getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
