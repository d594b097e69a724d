package dev.slipway.validation.simulation;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.judgement.Judgement;
import java.time.Duration;

/**
 * Those of a judge's bounds on which its words depend. They stand beside each question that is recorded, so that its seconds
 * are judged again as they were, whatever an installation has set meanwhile (ADR 74).
 *
 * @param window how far back is lately, longer than nothing
 * @param secondWithin how long a second is waited for that some gateway has not reported, longer than nothing
 */
public record JudgedBounds(Duration window, Duration secondWithin) {
    public static final JudgedBounds SHIPPED = of(ShippedBounds.BOUNDS);

    public JudgedBounds {
        requireSome("window", window);
        requireSome("secondWithin", secondWithin);
    }

    private static void requireSome(String name, Duration value) {
        Texts.requirePresent(name, value);
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s is %s, and has to be longer than nothing".formatted(name, value));
        }
    }

    public static JudgedBounds of(Judgement.Bounds bounds) {
        return new JudgedBounds(bounds.window(), bounds.secondWithin());
    }

    /** Others with these in them. */
    Judgement.Bounds in(Judgement.Bounds others) {
        return new Judgement.Bounds(
                others.memory(),
                others.statusEvery(),
                others.heardEvery(),
                others.abandonAfter(),
                window,
                secondWithin);
    }
}
