package ru.reklamai.generation.payment;

import io.smallrye.config.ConfigMapping;

/** Settings of payments; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.payment")
interface PaymentConfig {

    /** Signs the addresses to which payment providers send their notices. */
    String webhookSecret();
}
