package ru.reklamai.generation.board;

import java.util.Optional;
import java.util.UUID;

/**
 * What became of a change of somebody's membership.
 *
 * @param role of whoever asked
 * @param person the user it is about, if there is one
 */
record MembershipChange(Optional<BoardRole> role, Optional<UUID> person, boolean changed) {}
