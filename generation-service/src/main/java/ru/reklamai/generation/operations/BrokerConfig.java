package ru.reklamai.generation.operations;

import io.smallrye.config.ConfigMapping;
import java.util.List;

/** Where the dead letters are; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.broker")
interface BrokerConfig {

    String host();

    int port();

    String username();

    String password();

    String virtualHost();

    /** The queues whose dead letters can be looked at and replayed. */
    List<String> queues();
}
