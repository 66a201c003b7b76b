package ru.reklamai.kit.signature;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Tokens for links: an id and our HMAC of it, so that none can be guessed, made elsewhere or used for another purpose. */
public final class SignedIds {

    private static final int ID_BYTES = 16;
    private static final int TOKEN_BYTES = 48;

    private final Hmac hmac;

    public SignedIds(Hmac hmac) {
        this.hmac = hmac;
    }

    public String tokenOf(String purpose, UUID id) {
        ByteBuffer token = ByteBuffer.allocate(TOKEN_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(signature(purpose, id));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /** Returns the id that the token is for, empty if we did not sign it for that purpose. */
    public Optional<UUID> idIn(String purpose, String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length != TOKEN_BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            var id = new UUID(buffer.getLong(), buffer.getLong());
            byte[] given = Arrays.copyOfRange(bytes, ID_BYTES, TOKEN_BYTES);
            return MessageDigest.isEqual(given, signature(purpose, id)) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] signature(String purpose, UUID id) {
        return hmac.of(purpose + ":" + id);
    }
}
