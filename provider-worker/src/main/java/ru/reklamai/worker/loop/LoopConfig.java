package ru.reklamai.worker.loop;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of the loop; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.loop")
interface LoopConfig {

    boolean enabled();

    Duration lease();

    Duration tick();

    int maxStepsAtOnce();

    Duration stopTime();
}
