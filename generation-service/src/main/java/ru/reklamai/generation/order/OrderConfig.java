package ru.reklamai.generation.order;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long whoever is refused for now should wait; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.order")
interface OrderConfig {

    Duration maintenancePause();

    Duration activePause();

    Duration dailyPause();
}
