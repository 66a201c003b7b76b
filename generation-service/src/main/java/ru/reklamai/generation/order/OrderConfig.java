package ru.reklamai.generation.order;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long a caller should wait after a refusal; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.order")
interface OrderConfig {

    Duration maintenancePause();

    Duration activePause();

    Duration dailyPause();
}
