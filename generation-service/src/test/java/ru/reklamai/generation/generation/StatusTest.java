package ru.reklamai.generation.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatusTest {

    @Test
    void thePatternNamesThemAll() {
        assertThat(Status.PATTERN.split("\\|", -1))
                .containsExactly(
                        Arrays.stream(Status.values()).map(Status::text).toArray(String[]::new));
    }
}
