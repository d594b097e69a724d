package dev.slipway.validation.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one side answered lately, in six slots, so that what comes late is not hidden by all that was before.
 *
 * @param slots by time, at most six
 */
record Recent(List<Slot> slots) {
    private static final int SLOTS = 6;

    static final Recent NOTHING = new Recent(List.of());

    Recent {
        slots = List.copyOf(slots);
    }

    /** A part of the window that begins at {@code from}. */
    record Slot(Instant from, SideTally answers) {}

    /** With the answers of one more second; a second that is older than the window adds nothing. */
    Recent plus(Instant second, SideTally more, Duration window) {
        long slotSeconds = Math.max(1, window.toSeconds() / SLOTS);
        Instant from = Instant.ofEpochSecond(second.getEpochSecond() / slotSeconds * slotSeconds);
        Slot known = slots.stream()
                .filter(slot -> slot.from().equals(from))
                .findFirst()
                .orElse(new Slot(from, SideTally.NONE));
        List<Slot> next = new ArrayList<>(slots);
        next.remove(known);
        next.add(new Slot(from, known.answers().plus(more)));
        next.sort(Comparator.comparing(Slot::from));
        Instant oldest = next.getLast().from().minusSeconds(slotSeconds * (SLOTS - 1));
        next.removeIf(slot -> slot.from().isBefore(oldest));
        return new Recent(next);
    }

    SideTally sum() {
        return slots.stream().map(Slot::answers).reduce(SideTally.NONE, SideTally::plus);
    }
}
