package ru.reklamai.worker.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a task waits for its next step. */
@ApplicationScoped
class Pace {

    private final LoopConfig config;

    Pace(LoopConfig config) {
        this.config = config;
    }

    /** Grows with the task's age, so that quick models are seen soon and slow ones asked seldom. */
    Duration untilNextPoll(ProviderTask task) {
        if (task.isAbandoned()) {
            return config.slowPollInterval();
        }
        Duration quarterOfAge = task.age().dividedBy(4);
        return min(max(quarterOfAge, config.minPollInterval()), config.maxPollInterval());
    }

    /** Exponential with the setbacks in a row, with jitter of half its length. */
    Duration afterSetback(ProviderTask task) {
        long doubled = config.retryBase().toMillis() << Math.min(task.setbacks(), 16);
        long ceiling = Math.min(config.retryMax().toMillis(), doubled);
        return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }

    /** Whether an abandoned task has been watched for long enough. */
    boolean isWatchedEnough(ProviderTask task) {
        return task.isAbandoned() && task.age().compareTo(config.watchAfterDeadline()) > 0;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
