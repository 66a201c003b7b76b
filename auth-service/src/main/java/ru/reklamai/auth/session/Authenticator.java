package ru.reklamai.auth.session;

/** Tells whose e-mail and password these are; the feature of passwords does it. */
public interface Authenticator {

    /** Returns whose they are; where that can't be told or the user must stay out, an exception says why. */
    Account authenticate(String email, String password, Device device);
}
