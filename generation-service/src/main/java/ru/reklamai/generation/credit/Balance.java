package ru.reklamai.generation.credit;

/**
 * What a user has, in hundredths of a credit.
 *
 * @param balance what can still be spent; reserved is out of it already
 */
public record Balance(long balance, long reserved) {}
