package ru.reklamai.generation.share;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import ru.reklamai.kit.signature.Hmac;
import ru.reklamai.kit.signature.SignedIds;

/** The tokens in public links. */
@ApplicationScoped
class ShareTokens {

    private static final String PURPOSE = "share";

    private final SignedIds tokens;

    ShareTokens(ShareConfig config) {
        tokens = new SignedIds(new Hmac(config.secret()));
    }

    String of(UUID share) {
        return tokens.tokenOf(PURPOSE, share);
    }

    /** Returns the share that the token is for, empty if we did not sign it. */
    Optional<UUID> shareIn(String token) {
        return tokens.idIn(PURPOSE, token);
    }
}
