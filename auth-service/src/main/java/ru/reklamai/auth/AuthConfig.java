package ru.reklamai.auth;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of tokens and passwords; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.auth")
public interface AuthConfig {

    String issuer();

    /** PKCS#8 PEM; wins over the file. */
    Optional<String> signingKey();

    /** Made at the first start if missing. */
    Path signingKeyFile();

    Duration accessTokenLifetime();

    Duration refreshTokenLifetime();

    /** Whether the refresh cookie is sent over HTTPS alone. */
    boolean secureCookie();

    /** The base-2 logarithm of bcrypt's rounds. */
    int bcryptCost();

    int passwordThreads();

    /** How long the ticket for a stream works. */
    Duration ticketLifetime();

    Throttle throttle();

    /** How many wrong passwords are looked at in a window of time. */
    interface Throttle {

        int failuresPerAccount();

        int failuresPerAddress();

        Duration window();
    }
}
