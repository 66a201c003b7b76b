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

    /** Width of images in pixels, a multiple of 16; videos are five eighths as wide. */
    int imageSize();

    int createsPerTenSeconds();

    int maxRunning();

    int queriesPerSecond();
}
