package ru.reklamai.generation.user;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who asks, as the token says. */
@RequestScoped
public class CurrentUser {

    private final JsonWebToken token;
    private final AccountRepository accounts;

    CurrentUser(JsonWebToken token, AccountRepository accounts) {
        this.token = token;
        this.accounts = accounts;
    }

    public UUID id() {
        return UUID.fromString(token.getSubject());
    }

    /** Returns user or admin. */
    public String role() {
        return token.getGroups().contains("admin") ? "admin" : "user";
    }

    /** For a user whose registration has not arrived here yet. */
    public void provision() {
        accounts.provision(id(), token.getName(), "");
    }

    public void ensureProvisioned() {
        if (!accounts.exists(id())) {
            provision();
        }
    }
}
