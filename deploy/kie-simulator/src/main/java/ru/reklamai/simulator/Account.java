package ru.reklamai.simulator;

import jakarta.enterprise.context.ApplicationScoped;

/** Our account at KIE: it can be blocked or emptied, as happens to real ones. */
@ApplicationScoped
class Account {

    private final SimulatorConfig config;
    private volatile boolean blocked;
    private volatile double credits = 10_000;

    Account(SimulatorConfig config) {
        this.config = config;
    }

    void set(boolean nowBlocked, double nowCredits) {
        blocked = nowBlocked;
        credits = nowCredits;
    }

    boolean refuses(String authorization) {
        return blocked || !("Bearer " + config.apiKey()).equals(authorization);
    }

    boolean isEmpty() {
        return credits <= 0;
    }

    double credits() {
        return credits;
    }
}
