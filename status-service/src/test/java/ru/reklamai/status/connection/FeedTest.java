package ru.reklamai.status.connection;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {

    private static final Duration OVERLAP = Duration.ofSeconds(30);

    @Test
    void aClientGoesOnWhereItLeftOff() {
        assertThat(Feed.All.from(Optional.of("2026-01-31T12:00:00.123456Z"), OVERLAP)
                        .since())
                .isEqualTo(Instant.parse("2026-01-31T12:00:00.123456Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "2999-01-01T00:00:00Z"})
    void aTimeThatMeansNothingOrIsYetToComeCountsAsNow(String since) {
        assertThat(Feed.All.from(Optional.of(since), OVERLAP).since().minus(OVERLAP))
                .isCloseTo(Instant.now(), within(10, SECONDS));
    }

    @Test
    void withoutATimeOnlyWhatChangesFromNowOnIsNews() {
        assertThat(Feed.All.from(Optional.empty(), OVERLAP).since().minus(OVERLAP))
                .isCloseTo(Instant.now(), within(10, SECONDS));
    }
}
