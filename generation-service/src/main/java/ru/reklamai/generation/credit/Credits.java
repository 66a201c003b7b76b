package ru.reklamai.generation.credit;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts of credits: integers in hundredths inside, decimals with two places outside. */
public final class Credits {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Credits() {}

    /** Returns a generation's price in hundredths of a credit, rounded up. */
    public static long price(BigDecimal presetCredits, BigDecimal priceMultiplier, BigDecimal markupPercent) {
        BigDecimal markup = BigDecimal.ONE.add(markupPercent.divide(HUNDRED));
        return presetCredits
                .multiply(priceMultiplier)
                .multiply(markup)
                .multiply(HUNDRED)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }

    public static BigDecimal toDecimal(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2);
    }

    /** Refuses more than two decimals: nothing is rounded. */
    public static long toHundredths(BigDecimal credits) {
        return credits.movePointRight(2).longValueExact();
    }
}
