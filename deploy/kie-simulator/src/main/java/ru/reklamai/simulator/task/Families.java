package ru.reklamai.simulator.task;

import java.util.List;
import java.util.Optional;

/** All of KIE's API families, by their paths below /api/v1. */
public final class Families {

    private static final List<Family> ALL = List.of(
            new MarketFamily(),
            new VeoFamily(),
            new Gpt4oImageFamily(),
            new FluxKontextFamily(),
            new RunwayFamily(),
            new SunoFamily());

    private Families() {}

    /** Returns the family that creates tasks at that path. */
    public static Optional<Family> creatingAt(String path) {
        return ALL.stream().filter(family -> family.createPath().equals(path)).findFirst();
    }

    /** Returns the family that tells of tasks at that path. */
    public static Optional<Family> tellingAt(String path) {
        return ALL.stream().filter(family -> family.statusPath().equals(path)).findFirst();
    }
}
