package ru.reklamai.generation.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.message.MessageCode;

/**
 * YooKassa's notifications: {@code {type, event, object}}, where the object is the payment or the refund. The payment's
 * metadata carries our userId. Source: yookassa.ru/developers/using-api/webhooks.
 */
@ApplicationScoped
class YooKassa implements PaymentProvider {

    private final ObjectMapper json;

    YooKassa(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "yookassa";
    }

    @Override
    public PaymentNotice read(byte[] body) throws UnreadableNoticeException {
        JsonNode notice = parse(body);
        JsonNode object = notice.path("object");
        String event = notice.path("event").asText();
        String id = object.path("id").asText();
        if (!notice.path("type").asText().equals("notification") || id.isBlank() || id.length() > 80) {
            throw new UnreadableNoticeException(MessageCode.NOTICE_NOT_YOOKASSA);
        }
        String kind = object.path("status").asText().equals("succeeded") ? event : "";
        return switch (kind) {
            case "payment.succeeded" -> new PaymentNotice.Paid(id, userIn(object), kopecksIn(object));
            case "refund.succeeded" ->
                new PaymentNotice.Refunded(id, object.path("payment_id").asText(), kopecksIn(object));
            default -> new PaymentNotice.Passing(event, id);
        };
    }

    private JsonNode parse(byte[] body) throws UnreadableNoticeException {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UnreadableNoticeException(MessageCode.NOTICE_NOT_JSON);
        }
    }

    private static Optional<UUID> userIn(JsonNode payment) {
        try {
            return Optional.of(
                    UUID.fromString(payment.path("metadata").path("userId").asText()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long kopecksIn(JsonNode object) throws UnreadableNoticeException {
        JsonNode amount = object.path("amount");
        if (!amount.path("currency").asText().equals("RUB")) {
            throw new UnreadableNoticeException(MessageCode.NOTICE_CURRENCY);
        }
        try {
            long kopecks = new BigDecimal(amount.path("value").asText())
                    .movePointRight(2)
                    .longValueExact();
            if (kopecks <= 0) {
                throw new UnreadableNoticeException(MessageCode.NOTICE_AMOUNT_NOT_POSITIVE);
            }
            return kopecks;
        } catch (ArithmeticException | NumberFormatException e) {
            throw new UnreadableNoticeException(MessageCode.NOTICE_AMOUNT_UNREADABLE);
        }
    }
}
