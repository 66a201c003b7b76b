package ru.reklamai.generation.catalog.admin;

import ru.reklamai.message.MessageCode;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ru.reklamai.kit.message.Messages;

/** What admins can set, with the values that each takes. */
enum Setting {
    /** Percent on top of the price, as in the design's formula. */
    MARKUP_PERCENT,
    /** Hundredths of a credit, for users who sign up from now on. */
    SIGN_UP_CREDITS_HUNDREDTHS,
    /** Whether a generation that is cancelled while it runs is refunded. */
    REFUND_ON_CANCEL,
    /** No new orders; what is ordered is finished. */
    MAINTENANCE_MODE,
    /** What a credit costs. */
    KOPECKS_PER_CREDIT,
    /** By role: how many generations at once, and in 24 hours. */
    LIMITS;

    private static final BigDecimal MAX_MARKUP = BigDecimal.valueOf(1000);
    private static final int MAX_NUMBER = 100_000_000;
    private static final List<String> ROLES = List.of("user", "admin");

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Setting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key().equals(key))
                .findFirst();
    }

    /** Returns what is wrong with a value, empty if nothing is. */
    String whatIsWrong(JsonNode value) {
        return switch (this) {
            case REFUND_ON_CANCEL, MAINTENANCE_MODE ->
                value.isBoolean() ? "" : Messages.text(MessageCode.MUST_BE_OF_TYPE, "boolean");
            case SIGN_UP_CREDITS_HUNDREDTHS -> whatIsWrongWithNumber(value, 0);
            case KOPECKS_PER_CREDIT -> whatIsWrongWithNumber(value, 1);
            case MARKUP_PERCENT -> whatIsWrongWithMarkup(value);
            case LIMITS -> whatIsWrongWithLimits(value);
        };
    }

    private static String whatIsWrongWithNumber(JsonNode value, int min) {
        boolean right = value.isInt() && value.asInt() >= min && value.asInt() <= MAX_NUMBER;
        return right ? "" : Messages.text(MessageCode.MUST_BE_WHOLE_BETWEEN, min, MAX_NUMBER);
    }

    private static String whatIsWrongWithMarkup(JsonNode value) {
        boolean right = value.isNumber()
                && value.decimalValue().signum() >= 0
                && value.decimalValue().compareTo(MAX_MARKUP) <= 0
                && value.decimalValue().stripTrailingZeros().scale() <= 2;
        return right
                ? ""
                : Messages.text(MessageCode.MUST_BE_DECIMAL_BETWEEN, 0, MAX_MARKUP);
    }

    private static String whatIsWrongWithLimits(JsonNode value) {
        boolean right = value.isObject()
                && value.size() == ROLES.size()
                && ROLES.stream()
                        .allMatch(role -> value.path(role).size() == 2
                                && whatIsWrongWithNumber(value.path(role).path("active"), 1)
                                        .isEmpty()
                                && whatIsWrongWithNumber(value.path(role).path("perDay"), 1)
                                        .isEmpty());
        return right
                ? ""
                : Messages.text(MessageCode.MUST_HOLD_LIMITS);
    }
}
