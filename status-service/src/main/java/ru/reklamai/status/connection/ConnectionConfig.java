package ru.reklamai.status.connection;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Settings of live connections; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.connection")
interface ConnectionConfig {

    Duration maxSendTime();

    int maxWaiting();

    Duration overlap();

    Duration keepAlive();

    Duration stopTimeout();
}
