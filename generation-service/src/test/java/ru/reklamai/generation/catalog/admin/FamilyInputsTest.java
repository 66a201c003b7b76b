package ru.reklamai.generation.catalog.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import ru.reklamai.events.ProviderFamily;

class FamilyInputsTest {

    @Test
    void thePatternNamesEveryFamily() {
        assertThat(FamilyInputs.FAMILIES.split("\\|", -1))
                .containsExactly(Arrays.stream(ProviderFamily.values())
                        .map(ProviderFamily::text)
                        .toArray(String[]::new));
    }

    @Test
    void aMarketModelHasFieldsOfItsOwnOthersOnlyTheirFamilys() {
        assertThat(FamilyInputs.knows(ProviderFamily.MARKET, "colour")).isTrue();
        assertThat(FamilyInputs.knows(ProviderFamily.VEO, "seeds")).isTrue();
        assertThat(FamilyInputs.knows(ProviderFamily.VEO, "colour")).isFalse();
    }
}
