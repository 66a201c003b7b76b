package ru.reklamai.generation.upload;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** Which uploads are accepted; application.properties explains each. */
@ConfigMapping(prefix = "reklamai.upload")
interface UploadConfig {

    long maxImageBytes();

    /** The limit for video and sound. */
    long maxMediaBytes();

    /** Width times height. */
    long maxImagePixels();

    /** How long an upload that nothing uses is kept. */
    Duration unusedLifetime();

    /** How often unused uploads are looked for. */
    String expiryEvery();
}
