package ru.reklamai.generation.user;

/** Somebody asks with a token that outlived its account. */
public final class AccountGoneException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
