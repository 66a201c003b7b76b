package ru.reklamai.simulator;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings; application.properties explains each. */
@ConfigMapping(prefix = "simulator")
interface SimulatorConfig {

    String apiKey();

    String webhookKey();

    Duration imageTime();

    Duration videoTime();

    Duration audioTime();

    int createsPerTenSeconds();

    int maxRunning();

    int queriesPerSecond();
}
