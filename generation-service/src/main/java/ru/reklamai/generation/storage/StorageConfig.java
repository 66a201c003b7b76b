package ru.reklamai.generation.storage;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** Settings of files; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.storage")
interface StorageConfig {

    /** Put before the names of the buckets, so that several stacks can share a server. */
    Optional<String> bucketPrefix();

    /** How long a download link works. */
    Duration linkLifetime();

    /** How long an upload link works. */
    Duration uploadLifetime();

    /** How often files that nobody may see any more are looked for. */
    String deletionEvery();
}
