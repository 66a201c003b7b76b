package ru.reklamai.auth.mail;

import com.github.f4b6a3.uuid.UuidCreator;
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
 * Mails with a link that proves that the user reads the mailbox. A link's token is the mail's id and our HMAC of it:
 * nothing that could be stolen from the database opens an account. It works once, and only for a while.
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

    /**
     * Has a mail sent soon, in the language of the present request; one that comes too soon after another of its kind
     * is left out.
     */
    public void order(Purpose purpose, UUID userId) {
        log(purpose, repository.order(newMail(purpose), userId));
    }

    /** The same by e-mail; for an unknown one nothing happens, in the same time. */
    public void order(Purpose purpose, String email) {
        log(purpose, repository.orderByEmail(newMail(purpose), email));
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

    private MailRepository.NewMail newMail(Purpose purpose) {
        return new MailRepository.NewMail(
                UuidCreator.getTimeOrderedEpoch(),
                purpose,
                Messages.languageOfPresentRequest(),
                lifetime(purpose),
                config.pause());
    }

    private static void log(Purpose purpose, Optional<UUID> user) {
        user.ifPresent(id -> LOG.infof("mail ordered: purpose=%s userId=%s", purpose.text(), id));
    }
}
