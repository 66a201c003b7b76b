package ru.reklamai.auth.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {

    @TempDir
    Path directory;

    private Path file;
    private String pem;

    @BeforeEach
    void firstStart() {
        file = directory.resolve("made/signing-key.pem");
        pem = SigningKeyFile.readOrMake(file);
    }

    @Test
    void theFileIsMadeOnceAndOnlyItsOwnerReadsIt() throws IOException {
        assertThat(SigningKeyFile.readOrMake(file)).isEqualTo(pem);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** RFC 7638, 3: the digest of the required members in the order of their names, without spaces. */
    @Test
    void theIdOfAKeyIsItsThumbprint() throws GeneralSecurityException {
        var key = new SigningKey(pem);
        Map<String, String> jwk = key.publicJwk();
        String members = "{\"e\":\"" + jwk.get("e") + "\",\"kty\":\"RSA\",\"n\":\"" + jwk.get("n") + "\"}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8));
        assertThat(key.keyId())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                .isEqualTo(jwk.get("kid"));
    }

    @Test
    void lineBreaksMayBeWrittenOutAsInTheEnvironment() {
        assertThat(new SigningKey(pem.replace("\n", "\\n")).keyId()).isEqualTo(new SigningKey(pem).keyId());
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> new SigningKey("-----BEGIN PRIVATE KEY-----\nno key\n-----END PRIVATE KEY-----\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("PKCS#8");
    }

    @Test
    void keysForOtherPurposesDiffer() {
        var key = new SigningKey(pem);
        assertThat(key.derived("mail-links"))
                .hasSize(32)
                .isEqualTo(new SigningKey(pem).derived("mail-links"))
                .isNotEqualTo(key.derived("something-else"));
    }
}
