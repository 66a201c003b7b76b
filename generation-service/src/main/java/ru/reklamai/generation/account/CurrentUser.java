package ru.reklamai.generation.account;

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

    /** For a user whose registration has not arrived here yet. */
    public void provision() {
        accounts.provision(id(), token.getName(), "");
    }
}
