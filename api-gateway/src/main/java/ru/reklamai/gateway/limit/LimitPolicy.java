package ru.reklamai.gateway.limit;

import java.util.Locale;
import java.util.Optional;
import ru.reklamai.gateway.GatewayConfig;
import ru.reklamai.gateway.token.Caller;

/** Which requests are counted together, for whom, and against which limit. */
public enum LimitPolicy {
    /** Guessing passwords needs no user, so the address counts, whether there is a token or not. */
    AUTH,
    GENERATE,
    REST,
    /** Other systems' callbacks: they carry a signature, and one address sends those of all users. */
    NONE;

    /** Returns requests a minute. */
    int limit(GatewayConfig.Limits limits) {
        return switch (this) {
            case AUTH -> limits.auth();
            case GENERATE -> limits.generate();
            case REST -> limits.rest();
            case NONE -> Integer.MAX_VALUE;
        };
    }

    /** Returns whose requests are counted, empty if nobody's are. */
    Optional<String> subject(Optional<Caller> caller, String address) {
        return switch (this) {
            case AUTH -> Optional.of(address);
            case GENERATE, REST -> Optional.of(caller.map(Caller::userId).orElse(address));
            case NONE -> Optional.empty();
        };
    }

    /** Returns the name in headers and in Redis. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
