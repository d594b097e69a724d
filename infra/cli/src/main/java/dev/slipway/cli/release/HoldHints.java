package dev.slipway.cli.release;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.validation.judgement.AnswersToFind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Where a hold is too short to find what the policy says that it wants to find, at a rate that is said beside it. */
final class HoldHints {
    private static final int PER_SECOND = 100;
    private static final double BASELINE = 0.005;
    private static final double PERCENT = 100;

    private HoldHints() {}

    static List<String> of(Policy.Environments.Production production) {
        Canary.Detect detect = production.canary().detect();
        if (detect == null || production.strategy() != Strategy.CANARY) {
            return List.of();
        }
        List<String> hints = new ArrayList<>();
        for (Step step : production.steps()) {
            if (step.traffic() < Step.FULL) {
                hint(
                                "%d %%, hold %s".formatted(step.traffic(), text(step.hold())),
                                step.traffic(),
                                step.hold(),
                                production.canary())
                        .ifPresent(hints::add);
            }
        }
        int held = production.canary().holdBack();
        if (held > 0) {
            hint(
                            "bake %s with %d %% held back".formatted(text(production.bake()), held),
                            Step.FULL - held,
                            production.bake(),
                            production.canary())
                    .ifPresent(hints::add);
        }
        return hints;
    }

    private static Optional<String> hint(String what, int share, Duration hold, Canary canary) {
        double wanted = Objects.requireNonNull(canary.detect()).errorsPercent() / PERCENT;
        double baseline = Math.min(BASELINE, wanted / 4);
        double answers = AnswersToFind.expected(canary.alpha(), baseline, wanted, share) * AnswersToFind.NINE_OF_TEN;
        long seconds = (long) Math.ceil(answers / PER_SECOND);
        if (hold.toSeconds() >= seconds) {
            return Optional.empty();
        }
        long enoughAt = hold.toSeconds() == 0 ? 0 : (long) Math.ceil(answers / hold.toSeconds());
        String rate = enoughAt == 0 ? "" : ", this hold is long enough from %,d/s on".formatted(enoughAt);
        return Optional.of(String.format(
                Locale.ROOT,
                "%s: %s %% of errors beside %s %% are found within %s in nine of ten cases at %d answers a second%s",
                what,
                percent(wanted),
                percent(baseline),
                text(Duration.ofSeconds(seconds)),
                PER_SECOND,
                rate));
    }

    private static String percent(double rate) {
        return BigDecimal.valueOf(rate * PERCENT)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String text(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 && seconds > 0
                ? seconds / 60 + "m"
                : seconds < 60 ? seconds + "s" : seconds / 60 + "m " + seconds % 60 + "s";
    }
}
