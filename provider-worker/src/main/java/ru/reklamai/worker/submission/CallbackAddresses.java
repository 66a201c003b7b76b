package ru.reklamai.worker.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import ru.reklamai.kit.signature.Hmac;
import ru.reklamai.worker.kie.KieConfig;

/** The addresses where KIE calls back, one for each generation; each carries our signature. */
@ApplicationScoped
public class CallbackAddresses {

    private final Hmac hmac;
    private final String publicUrl;

    CallbackAddresses(KieConfig config, @ConfigProperty(name = "reklamai.public-url") String publicUrl) {
        this.hmac = new Hmac(config.callbackSecret());
        this.publicUrl = publicUrl;
    }

    public String addressOf(UUID generationId) {
        return publicUrl + "/api/v1/provider/kie/callback/" + generationId + "/" + signatureOf(generationId);
    }

    /** Whether an address with this signature is one that we gave out for the generation. */
    public boolean isOurs(UUID generationId, String signature) {
        return MessageDigest.isEqual(
                signatureOf(generationId).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    private String signatureOf(UUID generationId) {
        return HexFormat.of().formatHex(hmac.of(generationId.toString()));
    }
}
