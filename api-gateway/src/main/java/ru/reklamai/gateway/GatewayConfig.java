package ru.reklamai.gateway;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;

/** Settings of the door; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.gateway")
public interface GatewayConfig {

    URI auth();

    URI generation();

    URI worker();

    URI status();

    /** Requests a minute. */
    Limits limits();

    /** How long a stop waits for the answers under way. */
    Duration stopTimeout();

    /** How many connections to each service there may be at once, for requests. */
    int connections();

    /** How many sockets there may be at once. */
    int sockets();

    Duration connectTimeout();

    /** Bytes. */
    long maxUpload();

    /** Bytes. */
    long maxBody();

    interface Limits {

        int auth();

        int generate();

        int rest();
    }
}
