package dev.slipway.deployment.watch;

import java.util.ArrayList;
import java.util.List;

/**
 * How much memory one program held over a rollout: the first looks at it, and the latest.
 *
 * @param first the first so many looks, bytes, oldest first
 * @param latest the latest so many, likewise; they are others than the first once there are enough
 * @param looks how many there were in all
 */
public record Course(List<Long> first, List<Long> latest, long looks) {
    /** So many in a row say something; one alone may have come in the middle of a request, or of a collection. */
    public static final int IN_A_ROW = 5;

    public static final Course UNSEEN = new Course(List.of(), List.of(), 0);

    public Course {
        first = List.copyOf(first);
        latest = List.copyOf(latest);
    }

    public Course seen(long memoryBytes) {
        List<Long> begun = new ArrayList<>(first);
        if (begun.size() < IN_A_ROW) {
            begun.add(memoryBytes);
        }
        List<Long> last = new ArrayList<>(latest);
        last.add(memoryBytes);
        return new Course(begun, last.subList(Math.max(0, last.size() - IN_A_ROW), last.size()), looks + 1);
    }

    /** Whether there are enough looks to say how much it holds. */
    boolean known() {
        return looks >= IN_A_ROW;
    }

    /** Whether there are enough to say how much it has grown. */
    boolean compared() {
        return looks >= 2L * IN_A_ROW;
    }

    long least() {
        return latest.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    private long most() {
        return latest.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** In the middle of the first looks. */
    long begun() {
        return first.stream().sorted().skip(first.size() / 2).findFirst().orElse(0L);
    }

    /** What it has grown by for sure, percent of what it held at first. */
    double growthAtLeast() {
        return growth(least());
    }

    /** What it may have grown by. */
    double growthAtMost() {
        return growth(most());
    }

    private double growth(long now) {
        return begun() == 0 ? 0 : 100.0 * (now - begun()) / begun();
    }
}
