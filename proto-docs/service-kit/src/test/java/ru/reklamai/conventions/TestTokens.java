package ru.reklamai.conventions;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.UUID;

/** Access tokens as auth-service makes them, signed with the key of {@link TestKeys}. */
public final class TestTokens {

    private TestTokens() {}

    public static String of(UUID user, String email, String role) {
        return claims(user, email, role).sign();
    }

    /** For tests that need other times or claims. */
    public static JwtClaimsBuilder claims(UUID user, String email, String role) {
        return Jwt.issuer("https://reklamai.ru")
                .subject(user.toString())
                .upn(email)
                .groups(role);
    }
}
