package ru.reklamai.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.events.ProviderFamily;

class PaceTest {

    private final Pace pace = new Pace(new Config(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            5,
            3));

    private record Config(
            Duration firstPoll,
            Duration minPollInterval,
            Duration maxPollInterval,
            Duration slowPollInterval,
            Duration watchAfterDeadline,
            Duration resubmitGrace,
            Duration retryBase,
            Duration retryMax,
            int maxDeliveryAttempts,
            int notFoundLimit)
            implements PaceConfig {}

    @ParameterizedTest
    @CsvSource({"1, 2", "8, 2", "20, 5", "40, 10", "60, 15", "6000, 15"})
    void aPollComesAfterAQuarterOfTheAgeWithinBounds(int ageSeconds, int seconds) {
        assertThat(pace.untilNextPoll(task(Duration.ofSeconds(ageSeconds), 0, false)))
                .isBetween(Duration.ofSeconds(seconds), Duration.ofMillis(seconds * 1000L + 200));
    }

    @Test
    void whatNobodyWaitsForIsPolledSeldom() {
        assertThat(pace.untilNextPoll(task(Duration.ofSeconds(1), 0, true))).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "3, 8", "5, 32", "6, 60", "16, 60", "40, 60"})
    void aBackOffDoublesUpToItsLongestAndIsNeverLessThanHalf(int setbacks, int seconds) {
        for (int i = 0; i < 100; i++) {
            assertThat(pace.afterSetback(task(Duration.ZERO, setbacks, false)))
                    .isBetween(Duration.ofMillis(seconds * 500L), Duration.ofSeconds(seconds));
        }
    }

    @Test
    void onlyWhatNobodyWaitsForIsEverWatchedEnough() {
        assertThat(pace.isWatchedEnough(task(Duration.ofHours(25), 0, true))).isTrue();
        assertThat(pace.isWatchedEnough(task(Duration.ofHours(23), 0, true))).isFalse();
        assertThat(pace.isWatchedEnough(task(Duration.ofHours(25), 0, false))).isFalse();
    }

    private static ProviderTask task(Duration age, int setbacks, boolean cancelled) {
        UUID id = UuidCreator.getTimeOrderedEpoch();
        Instant now = Instant.now();
        return new ProviderTask(
                id,
                id,
                ProviderFamily.MARKET,
                "m",
                "image",
                Map.of(),
                List.of(),
                ProviderTask.Status.RUNNING,
                Optional.of("task-1"),
                setbacks,
                0,
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                now.plusSeconds(60),
                false,
                cancelled,
                true,
                Optional.of(id),
                0,
                1,
                Optional.empty(),
                Optional.of(now.minus(age)),
                now,
                now);
    }
}
