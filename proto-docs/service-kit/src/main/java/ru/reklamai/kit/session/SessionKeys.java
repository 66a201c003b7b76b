package ru.reklamai.kit.session;

import java.util.UUID;

/** The keys in Redis by which auth-service tells the gateway of tickets and of sessions that ended before their tokens. */
public final class SessionKeys {

    private SessionKeys() {}

    /** Holds the access token that the ticket stands for. It is read once (GETDEL) and ends with the ticket's lifetime. */
    public static String ticket(String ticket) {
        return "ticket:" + ticket;
    }

    /**
     * Holds a second of Unix time as a decimal number: access tokens of that user or session that were issued before it
     * are refused. It ends when no such token can be valid any more.
     */
    public static String revoked(String userOrSession) {
        return "revoked:" + userOrSession;
    }

    public static String revoked(UUID userOrSession) {
        return revoked(userOrSession.toString());
    }
}
