package dev.slipway.deployment.target;

import java.util.ArrayList;
import java.util.List;

/**
 * How a program is held to its limits.
 *
 * @param before programs and arguments that stand before the program, each of which becomes what stands after it, so that
 *     the pid stays
 * @param held limits that hold, each with what holds it, in words
 * @param notHeld limits that hold nowhere on this machine, each with why, in words
 */
record Confinement(List<String> before, List<String> held, List<String> notHeld) {
    /** A program without limits. */
    static final Confinement NONE = new Confinement(List.of(), List.of(), List.of());

    Confinement {
        before = List.copyOf(before);
        held = List.copyOf(held);
        notHeld = List.copyOf(notHeld);
    }

    /** In one line for a person; empty where there are no limits. */
    String text() {
        List<String> parts = new ArrayList<>();
        if (!held.isEmpty()) {
            parts.add("is held to " + String.join(", ", held));
        }
        if (!notHeld.isEmpty()) {
            parts.add("is NOT held to " + String.join(", ", notHeld));
        }
        return String.join("; ", parts);
    }
}
