package ru.reklamai.worker.kie;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
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

    /** The host of KIE's own file store. */
    String uploadUrl();

    InputFiles inputFiles();

    Duration inputLinkLifetime();

    Duration accountProbeInterval();

    /** How KIE gets at a user's files. */
    enum InputFiles {
        /** By a presigned link to our S3, which must be reachable from abroad. */
        PRESIGNED,
        /** By a copy in KIE's own store. */
        UPLOAD
    }
}
