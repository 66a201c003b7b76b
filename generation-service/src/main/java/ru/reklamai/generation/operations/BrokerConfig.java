package ru.reklamai.generation.operations;

import io.smallrye.config.ConfigMapping;

/** Where the broker is; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.broker")
interface BrokerConfig {

    String host();

    int port();

    String username();

    String password();

    String virtualHost();
}
