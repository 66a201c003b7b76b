package ru.reklamai.generation.user;

import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller, as the token identifies them. */
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

    /** Creates the user's data here, for one whose registration has not arrived yet. */
    public void provision() {
        accounts.provision(id(), token.getName(), "");
    }

    public void ensureProvisioned() {
        if (!accounts.exists(id())) {
            provision();
        }
    }
}
