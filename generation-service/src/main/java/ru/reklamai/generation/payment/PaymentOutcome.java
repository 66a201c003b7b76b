package ru.reklamai.generation.payment;

import java.util.Locale;

/** What became of a notice that money has moved. Credits are in hundredths. */
sealed interface PaymentOutcome {

    record Credited(long credits) implements PaymentOutcome {}

    /** @param missing what the user had spent already, and could not be taken back */
    record Returned(long credits, long missing) implements PaymentOutcome {}

    /** The same had been told before. */
    record Repeated() implements PaymentOutcome {}

    /** There is no user or no payment that it belongs to. */
    record Unmatched() implements PaymentOutcome {}

    /** Returns whether a person must look. */
    default boolean needsPerson() {
        return switch (this) {
            case Unmatched() -> true;
            case Returned returned -> returned.missing() > 0;
            case Credited credited -> false;
            case Repeated() -> false;
        };
    }

    /** Returns it in one word, for metrics and logs. */
    default String text() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
