package ru.reklamai.generation.payment;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature in the address that a provider is given for its notices: our HMAC-SHA256 of its name, in hex. */
@ApplicationScoped
class WebhookSignatures {

    private final SecretKeySpec key;

    WebhookSignatures(PaymentConfig config) {
        key = new SecretKeySpec(config.webhookSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    boolean isRight(String provider, String signature) {
        return MessageDigest.isEqual(
                of(provider).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    String of(String provider) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(provider.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
