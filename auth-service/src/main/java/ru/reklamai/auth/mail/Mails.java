package ru.reklamai.auth.mail;

import com.github.f4b6a3.uuid.UuidCreator;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import ru.reklamai.auth.key.SigningKey;
import ru.reklamai.kit.message.Messages;
import ru.reklamai.kit.signature.Hmac;
import ru.reklamai.kit.signature.SignedIds;

/**
 * Mails whose link proves that its user reads that mailbox. A link's token is the mail's id and our HMAC of it: nothing
 * that could be stolen from the database opens an account. It works once, and not for ever.
 */
@ApplicationScoped
public class Mails {

    private static final Logger LOG = Logger.getLogger(Mails.class);

    private final MailRepository repository;
    private final MailConfig config;
    private final SignedIds links;

    Mails(MailRepository repository, MailConfig config, SigningKey signingKey) {
        this.repository = repository;
        this.config = config;
        this.links = new SignedIds(new Hmac(signingKey.derived("mail-links")));
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
        return links.idIn(purpose.text(), token).flatMap(id -> repository.use(id, purpose));
    }

    String tokenOf(Purpose purpose, UUID id) {
        return links.tokenOf(purpose.text(), id);
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
