package ru.reklamai.worker.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import ru.reklamai.kit.signature.Hmac;

/** The two signatures of a callback: ours in its address, and KIE's in its headers (kie-api.md). */
@ApplicationScoped
public class Signatures {

    private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private final KieConfig config;
    private final String publicUrl;

    Signatures(KieConfig config, @ConfigProperty(name = "reklamai.public-url") String publicUrl) {
        this.config = config;
        this.publicUrl = publicUrl;
    }

    String callbackUrl(UUID generationId) {
        return publicUrl + "/api/v1/provider/kie/callback/" + generationId + "/" + ofGeneration(generationId);
    }

    public boolean isOurs(UUID generationId, String signature) {
        return equal(ofGeneration(generationId), signature);
    }

    /** Checks KIE's headers; true where no webhook key is set in the account. */
    public boolean isFromKie(String taskId, String timestamp, String signature) {
        if (config.webhookKey().isEmpty()) {
            return true;
        }
        if (timestamp == null || signature == null || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration difference = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now());
        byte[] expected = new Hmac(config.webhookKey().get()).of(taskId + "." + timestamp);
        return difference.abs().compareTo(MAX_CLOCK_DIFFERENCE) <= 0
                && equal(Base64.getEncoder().encodeToString(expected), signature);
    }

    private String ofGeneration(UUID generationId) {
        return HexFormat.of().formatHex(new Hmac(config.callbackSecret()).of(generationId.toString()));
    }

    private static boolean equal(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
