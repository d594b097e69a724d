package dev.slipway.validation.simulation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.validation.judgement.Judgement;
import java.time.Duration;

/**
 * Those of a judge's bounds on which its words depend. They stand beside each question that is recorded, so that its seconds
 * are judged again as they were, whatever an installation has set meanwhile (ADR 74).
 *
 * @param window how far back is lately, longer than nothing
 * @param secondWithin how long a second is waited for that some gateway has not reported, longer than nothing
 * @param way how slow answers are weighed: {@link Judgement#BY_SECOND}, or {@link Judgement#BY_ANSWER}, which is meant where
 *     it is absent, as in recordings of before (ADR 82)
 */
public record JudgedBounds(
        Duration window,
        Duration secondWithin,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int way) {
    public static final JudgedBounds SHIPPED = of(ShippedBounds.BOUNDS);

    /** By which is judged what does not say by which it was. */
    static final JudgedBounds UNNOTED = new JudgedBounds(SHIPPED.window(), SHIPPED.secondWithin(), Judgement.BY_ANSWER);

    public JudgedBounds {
        requireSome("window", window);
        requireSome("secondWithin", secondWithin);
        Ranges.require("way of judging", way, Judgement.BY_ANSWER, Judgement.BY_SECOND);
    }

    /** As is judged now. */
    public JudgedBounds(Duration window, Duration secondWithin) {
        this(window, secondWithin, Judgement.BY_SECOND);
    }

    /** The same but for how slow answers are weighed. */
    public JudgedBounds by(int otherWay) {
        return new JudgedBounds(window, secondWithin, otherWay);
    }

    private static void requireSome(String name, Duration value) {
        Texts.requirePresent(name, value);
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s is %s, and has to be longer than nothing".formatted(name, value));
        }
    }

    public static JudgedBounds of(Judgement.Bounds bounds) {
        return new JudgedBounds(bounds.window(), bounds.secondWithin(), bounds.way());
    }

    /** Others with these in them. */
    Judgement.Bounds in(Judgement.Bounds others) {
        return new Judgement.Bounds(
                others.memory(),
                others.statusEvery(),
                others.heardEvery(),
                others.abandonAfter(),
                window,
                secondWithin,
                way);
    }
}
