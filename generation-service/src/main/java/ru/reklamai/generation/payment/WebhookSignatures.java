package ru.reklamai.generation.payment;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import ru.reklamai.kit.signature.Hmac;

/** The signature in the address that a provider is given for its notices: our HMAC-SHA256 of its name, in hex. */
@ApplicationScoped
class WebhookSignatures {

    private final Hmac hmac;

    WebhookSignatures(PaymentConfig config) {
        hmac = new Hmac(config.webhookSecret());
    }

    boolean isRight(String provider, String signature) {
        return MessageDigest.isEqual(
                of(provider).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    String of(String provider) {
        return HexFormat.of().formatHex(hmac.of(provider));
    }
}
