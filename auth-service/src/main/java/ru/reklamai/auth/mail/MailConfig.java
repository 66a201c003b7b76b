package ru.reklamai.auth.mail;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;

/** Settings of the mails with links; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.mail")
interface MailConfig {

    /** The page that the links open; what is to be done stands behind its #, which browsers don't send anywhere. */
    URI page();

    Duration verificationLifetime();

    Duration resetLifetime();

    /** At most one mail of a kind to a user in this time. */
    Duration pause();

    /** How often the unsent mails are looked for. */
    String every();
}
