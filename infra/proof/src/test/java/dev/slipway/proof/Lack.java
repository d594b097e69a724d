package dev.slipway.proof;

import java.util.function.BooleanSupplier;

/** What a release goes without, so that a point of the guide is not answered. */
sealed interface Lack {
    /** What this gate of the demo's policy looks at is missing, or otherwise than it has to be. */
    record Gate(String id) implements Lack {}

    /** Nobody answers this duty of the demo's policy. */
    record Duty(String id) implements Lack {}

    /** All of the demo's approvers say yes but this one. */
    record Yes(String of) implements Lack {}

    /** Nobody comes by in production, so that nothing is judged. */
    record Users() implements Lack {}

    /** No program comes up. */
    record Program() implements Lack {}

    /** The version before cannot be gone back to. */
    record WayBack() implements Lack {}

    /** The policy does not say it: this part of its text is another. */
    record Said(String text, String otherwise) implements Lack {}

    /**
     * What a pure function of a service makes of it.
     *
     * @param there whether the point is answered with what it asks for
     * @param lacking whether it is without that
     */
    record Decided(BooleanSupplier there, BooleanSupplier lacking) implements Lack {}
}
