package ru.reklamai.worker.task;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of the times between steps; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.loop")
interface PaceConfig {

    Duration firstPoll();

    Duration minPollInterval();

    Duration maxPollInterval();

    Duration slowPollInterval();

    Duration watchAfterDeadline();

    Duration resubmitGrace();

    Duration retryBase();

    Duration retryMax();

    int maxDeliveryAttempts();

    int notFoundLimit();
}
