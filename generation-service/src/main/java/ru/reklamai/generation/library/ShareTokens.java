package ru.reklamai.generation.library;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The tokens in public links: a share's id and our HMAC-SHA256 of it, so that none can be guessed or made elsewhere. */
@ApplicationScoped
class ShareTokens {

    private static final int ID_BYTES = 16;
    private static final int TOKEN_BYTES = 32;

    private final SecretKeySpec key;

    ShareTokens(ShareConfig config) {
        key = new SecretKeySpec(config.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    String of(UUID share) {
        byte[] id = bytesOf(share);
        byte[] token = Arrays.copyOf(id, TOKEN_BYTES);
        System.arraycopy(signature(id), 0, token, ID_BYTES, TOKEN_BYTES - ID_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Returns the share that the token is for, empty if we did not sign it. */
    Optional<UUID> shareIn(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length != TOKEN_BYTES) {
                return Optional.empty();
            }
            byte[] id = Arrays.copyOf(bytes, ID_BYTES);
            byte[] given = Arrays.copyOfRange(bytes, ID_BYTES, TOKEN_BYTES);
            byte[] right = Arrays.copyOf(signature(id), TOKEN_BYTES - ID_BYTES);
            ByteBuffer buffer = ByteBuffer.wrap(id);
            return MessageDigest.isEqual(given, right)
                    ? Optional.of(new UUID(buffer.getLong(), buffer.getLong()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytesOf(UUID id) {
        return ByteBuffer.allocate(ID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private byte[] signature(byte[] id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(id);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
