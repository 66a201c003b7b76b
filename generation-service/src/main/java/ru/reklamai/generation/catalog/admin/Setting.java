package ru.reklamai.generation.catalog.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ru.reklamai.kit.message.Text;
import ru.reklamai.message.MessageCode;

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

    /** Returns what is wrong with a value, if anything is. */
    Optional<Text> violation(JsonNode value) {
        return switch (this) {
            case REFUND_ON_CANCEL, MAINTENANCE_MODE ->
                unless(value.isBoolean(), MessageCode.MUST_BE_OF_TYPE, "boolean");
            case SIGN_UP_CREDITS_HUNDREDTHS ->
                unless(isNumber(value, 0), MessageCode.MUST_BE_WHOLE_BETWEEN, 0, MAX_NUMBER);
            case KOPECKS_PER_CREDIT -> unless(isNumber(value, 1), MessageCode.MUST_BE_WHOLE_BETWEEN, 1, MAX_NUMBER);
            case MARKUP_PERCENT -> unless(isMarkup(value), MessageCode.MUST_BE_DECIMAL_BETWEEN, 0, MAX_MARKUP);
            case LIMITS -> unless(areLimits(value), MessageCode.MUST_HOLD_LIMITS);
        };
    }

    private static Optional<Text> unless(boolean right, MessageCode message, Object... values) {
        return right ? Optional.empty() : Optional.of(Text.of(message, values));
    }

    private static boolean isNumber(JsonNode value, int min) {
        return value.isInt() && value.asInt() >= min && value.asInt() <= MAX_NUMBER;
    }

    private static boolean isMarkup(JsonNode value) {
        return value.isNumber()
                && value.decimalValue().signum() >= 0
                && value.decimalValue().compareTo(MAX_MARKUP) <= 0
                && value.decimalValue().stripTrailingZeros().scale() <= 2;
    }

    private static boolean areLimits(JsonNode value) {
        return value.isObject()
                && value.size() == ROLES.size()
                && ROLES.stream().map(value::path).allMatch(Setting::areLimitsOfRole);
    }

    private static boolean areLimitsOfRole(JsonNode limits) {
        return limits.size() == 2 && isNumber(limits.path("active"), 1) && isNumber(limits.path("perDay"), 1);
    }
}
