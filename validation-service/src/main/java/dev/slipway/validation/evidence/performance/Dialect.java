package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.KnownFact;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How one tool writes what it measured. */
interface Dialect {
    String kind();

    /** For people, at the end of "this is no". */
    String called();

    /** What its reports say by themselves. */
    List<KnownFact> facts();

    /** Whether its measurements have names of their own, so that those of two releases belong together. */
    default boolean isComparable() {
        return true;
    }

    /** What its reports say, and what they say beside those of another release. */
    default List<KnownFact> known() {
        return isComparable()
                ? Stream.concat(facts().stream(), MeasurementsCompared.known().stream())
                        .toList()
                : facts();
    }

    default Optional<Comparing> comparing() {
        return isComparable() ? Optional.of(new MeasurementsCompared()) : Optional.empty();
    }
}
