package ru.reklamai.worker.callback;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import ru.reklamai.kit.signature.Hmac;
import ru.reklamai.worker.kie.KieConfig;

/** The signature that KIE puts into a callback's headers where a webhook key is set in the account (kie-api.md). */
@ApplicationScoped
class WebhookSignatures {

    /** As KIE's pages recommend. */
    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final Optional<Hmac> hmac;

    WebhookSignatures(KieConfig config) {
        this.hmac = config.webhookKey().map(Hmac::new);
    }

    /** True where no webhook key is set: then KIE signs nothing. */
    boolean isFromKie(String taskId, Optional<String> timestamp, Optional<String> signature) {
        return hmac.isEmpty()
                || (timestamp.filter(WebhookSignatures::isRecent).isPresent()
                        && signature.isPresent()
                        && isRight(hmac.get(), taskId + "." + timestamp.get(), signature.get()));
    }

    private static boolean isRecent(String timestamp) {
        return timestamp.matches("\\d{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now())
                                .abs()
                                .compareTo(MAX_CLOCK_DIFFERENCE)
                        <= 0;
    }

    private static boolean isRight(Hmac hmac, String signed, String signature) {
        return MessageDigest.isEqual(
                Base64.getEncoder().encode(hmac.of(signed)), signature.getBytes(StandardCharsets.UTF_8));
    }
}
