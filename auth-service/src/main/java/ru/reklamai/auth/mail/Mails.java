package ru.reklamai.auth.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;
import ru.reklamai.auth.token.SigningKey;
import ru.reklamai.problem.Messages;

/**
 * Mails whose link proves that its user reads that mailbox. A link's token is the mail's id and our HMAC of it: nothing
 * that could be stolen from the database opens an account. It works once, and not for ever.
 */
@ApplicationScoped
public class Mails {

    private static final Logger LOG = Logger.getLogger(Mails.class);
    private static final int ID_BYTES = 16;
    private static final int TOKEN_BYTES = 48;

    private final MailRepository repository;
    private final MailConfig config;
    private final SecretKeySpec key;

    Mails(MailRepository repository, MailConfig config, SigningKey signingKey) {
        this.repository = repository;
        this.config = config;
        this.key = new SecretKeySpec(signingKey.derived("mail-links"), "HmacSHA256");
    }

    public enum Purpose {
        VERIFY_EMAIL,
        RESET_PASSWORD;

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Purpose of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** @param token what stands in the link */
    record Link(UUID mailId, String token) {}

    /** Returns the language to write in to whoever sends this request. */
    public static Locale languageOf(HttpServerRequest request) {
        return Messages.languageOf(request.getHeader("Accept-Language"));
    }

    /** Has a mail sent soon; one that comes too soon after another of its kind is left out. */
    public void order(Purpose purpose, UUID userId, Locale language) {
        tell(purpose, repository.order(newId(), purpose, userId, language, lifetime(purpose), config.pause()));
    }

    /** The same by e-mail; for an unknown one nothing happens, in the same time. */
    public void order(Purpose purpose, String email, Locale language) {
        tell(purpose, repository.orderByEmail(newId(), purpose, email, language, lifetime(purpose), config.pause()));
    }

    /** Uses a link up and returns whose it is; empty for one that is wrong, used or too old. */
    public Optional<UUID> use(Purpose purpose, String token) {
        return idIn(purpose, token).flatMap(id -> repository.use(id, purpose));
    }

    String tokenOf(Purpose purpose, UUID id) {
        ByteBuffer token = ByteBuffer.allocate(TOKEN_BYTES);
        token.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        token.put(signature(purpose, id));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    private Optional<UUID> idIn(Purpose purpose, String token) {
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

    private byte[] signature(Purpose purpose, UUID id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal((purpose.text() + ":" + id).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Duration lifetime(Purpose purpose) {
        return switch (purpose) {
            case VERIFY_EMAIL -> config.verificationLifetime();
            case RESET_PASSWORD -> config.resetLifetime();
        };
    }

    private static UUID newId() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    private static void tell(Purpose purpose, Optional<UUID> user) {
        user.ifPresent(id -> LOG.infof("mail ordered: purpose=%s userId=%s", purpose.text(), id));
    }
}
