package ru.reklamai.auth.key;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.jboss.logging.Logger;
import ru.reklamai.auth.AuthConfig;

/**
 * The RSA key that signs access tokens: from the environment in production, from a file made at the first start
 * elsewhere.
 */
@Singleton
public class SigningKey {

    private static final Logger LOG = Logger.getLogger(SigningKey.class);
    private static final int KEY_BITS = 2048;
    private static final Base64.Encoder URL_BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final RSAPrivateCrtKey privateKey;
    private final String keyId;

    SigningKey(AuthConfig config) {
        privateKey = parse(config.signingKey().orElseGet(() -> readOrMake(config.signingKeyFile())));
        keyId = thumbprint();
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    /** Returns the key's thumbprint (RFC 7638), so a changed key always has another id. */
    String keyId() {
        return keyId;
    }

    /** Returns the public half as a JSON Web Key (RFC 7517). */
    Map<String, String> publicJwk() {
        return Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", keyId, "n", modulus(), "e", exponent());
    }

    /** Returns a key for another purpose, which tells nothing of this one. */
    public byte[] derived(String purpose) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            return digest.digest(privateKey.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String thumbprint() {
        String canonical = "{\"e\":\"" + exponent() + "\",\"kty\":\"RSA\",\"n\":\"" + modulus() + "\"}";
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return URL_BASE64.encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String modulus() {
        return unsigned(privateKey.getModulus());
    }

    private String exponent() {
        return unsigned(privateKey.getPublicExponent());
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int signByte = bytes[0] == 0 ? 1 : 0;
        return URL_BASE64.encodeToString(java.util.Arrays.copyOfRange(bytes, signByte, bytes.length));
    }

    private static RSAPrivateCrtKey parse(String pem) {
        String body = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "").replaceAll("\\s|\\\\n", "");
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("The signing key is not a PKCS#8 PEM of an RSA key", e);
        }
    }

    private static String readOrMake(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : make(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key file can't be read or written", e);
        }
    }

    private static String make(Path file) throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            String pem = "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
            Files.createDirectories(file.toAbsolutePath().getParent());
            var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(Files.createFile(file, onlyOwner), pem);
            LOG.infof("signing key made: file=%s", file);
            return pem;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
