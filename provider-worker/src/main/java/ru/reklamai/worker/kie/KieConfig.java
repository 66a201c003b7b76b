package ru.reklamai.worker.kie;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the provider; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.kie")
public interface KieConfig {

    String baseUrl();

    String apiKey();

    Optional<String> webhookKey();

    String callbackSecret();

    int submissionsPerTenSeconds();

    int maxRunning();
}
