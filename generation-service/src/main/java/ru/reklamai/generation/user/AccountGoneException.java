package ru.reklamai.generation.user;

/** The account of the caller's token has been deleted. */
public final class AccountGoneException extends RuntimeException {

    private static final long serialVersionUID = 1;
}
