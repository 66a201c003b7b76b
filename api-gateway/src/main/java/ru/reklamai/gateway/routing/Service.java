package ru.reklamai.gateway.routing;

import java.net.URI;
import ru.reklamai.gateway.GatewayConfig;

/** The services behind the gateway. */
enum Service {
    AUTH,
    GENERATION,
    WORKER,
    STATUS;

    URI address(GatewayConfig config) {
        return switch (this) {
            case AUTH -> config.auth();
            case GENERATION -> config.generation();
            case WORKER -> config.worker();
            case STATUS -> config.status();
        };
    }
}
