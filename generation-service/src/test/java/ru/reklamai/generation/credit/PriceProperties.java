package ru.reklamai.generation.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;

class PriceProperties {

    @Property
    void aPriceIsNeverBelowTheExactAmountAndLessThanAHundredthAboveIt(
            @ForAll @BigRange(min = "0.01", max = "1000") @Scale(2) BigDecimal presetCredits,
            @ForAll @BigRange(min = "0.0001", max = "100") @Scale(4) BigDecimal multiplier,
            @ForAll @BigRange(min = "0", max = "500") @Scale(2) BigDecimal markup) {
        BigDecimal exact = presetCredits.multiply(multiplier).multiply(new BigDecimal(100).add(markup));
        BigDecimal price = BigDecimal.valueOf(Credits.price(presetCredits, multiplier, markup));
        assertThat(price).isGreaterThanOrEqualTo(exact);
        assertThat(price.subtract(exact)).isLessThan(BigDecimal.ONE);
    }

    @Property
    void aHigherMarkupNeverMakesItCheaper(
            @ForAll @BigRange(min = "0", max = "400") @Scale(2) BigDecimal markup,
            @ForAll @BigRange(min = "0", max = "100") @Scale(2) BigDecimal more) {
        BigDecimal multiplier = new BigDecimal("1.25");
        assertThat(Credits.price(BigDecimal.ONE, multiplier, markup.add(more)))
                .isGreaterThanOrEqualTo(Credits.price(BigDecimal.ONE, multiplier, markup));
    }

    @Example
    void thePriceIsRoundedUpToAHundredth() {
        assertThat(Credits.price(BigDecimal.ONE, new BigDecimal("1.6"), new BigDecimal("12.34")))
                .isEqualTo(180);
        assertThat(Credits.toDecimal(180)).isEqualByComparingTo("1.80");
    }
}
