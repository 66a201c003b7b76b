package ru.reklamai.generation.share;

import io.smallrye.config.ConfigMapping;
import java.net.URI;

/** Settings of public links; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.share")
interface ShareConfig {

    /** The page that shows what is shared; the token stands behind its #. */
    URI page();

    /** Signs the tokens. */
    String secret();
}
