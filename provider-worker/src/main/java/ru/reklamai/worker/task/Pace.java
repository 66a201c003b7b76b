package ru.reklamai.worker.task;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a task waits for its next step, and when a step has been tried often enough. */
@ApplicationScoped
public class Pace {

    /** No back-off is doubled more often: 2^16 times any base is beyond any sensible longest one. */
    private static final int MOST_DOUBLINGS = 16;

    private final PaceConfig config;

    Pace(PaceConfig config) {
        this.config = config;
    }

    public Duration untilFirstPoll() {
        return config.firstPoll();
    }

    /** Grows with the task's age, so that quick models are seen soon and slow ones asked seldom. */
    public Duration untilNextPoll(ProviderTask task) {
        if (task.isAbandoned()) {
            return config.slowPollInterval();
        }
        Duration quarterOfAge = task.age().dividedBy(4);
        return min(max(quarterOfAge, config.minPollInterval()), config.maxPollInterval());
    }

    /** Returns how long the callback has to bring the id of a task whose create went unanswered. */
    public Duration untilResubmission() {
        return config.resubmitGrace();
    }

    /** Exponential with the setbacks in a row, with jitter of half its length. */
    public Duration afterSetback(ProviderTask task) {
        long doubled = config.retryBase().toMillis() << Math.min(task.setbacks(), MOST_DOUBLINGS);
        long ceiling = Math.min(config.retryMax().toMillis(), doubled);
        return Duration.ofMillis(ceiling / 2 + ThreadLocalRandom.current().nextLong(ceiling / 2 + 1));
    }

    /** Whether an abandoned task has been watched for long enough. */
    public boolean isWatchedEnough(ProviderTask task) {
        return task.isAbandoned() && task.age().compareTo(config.watchAfterDeadline()) > 0;
    }

    /** Whether a task that the provider doesn't know once more is lost. */
    public boolean isLost(ProviderTask task) {
        return task.notFound() + 1 >= config.notFoundLimit();
    }

    public boolean isLastDelivery(ProviderTask task) {
        return task.deliveryAttempts() + 1 >= config.maxDeliveryAttempts();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
