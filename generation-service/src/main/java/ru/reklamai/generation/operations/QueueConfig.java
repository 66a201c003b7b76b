package ru.reklamai.generation.operations;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** The durable queues of all services, by what they hold; the settings of service-kit name them. */
@ConfigMapping(prefix = "reklamai.queue")
interface QueueConfig {

    @WithParentName
    Map<String, String> names();
}
