package dev.slipway.validation.rule;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.LicenseList;
import dev.slipway.contracts.policy.LicenseList.WhenUnknown;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Inventory.Licensed;
import dev.slipway.validation.evidence.Packages;
import dev.slipway.validation.rule.LicenseExpression.License;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Licences against a list: each component has to have one that is allowed, as an expression or by its name. */
final class LicenseRule {
    private static final int SHOWN_MAX = 5;

    private final LicenseList list;
    private final List<License> allowed;

    /**
     * Components that a rule does not let through.
     *
     * @param count how many
     * @param shown at most {@code max} of them, with what they have
     */
    private record Offending(int max, long count, List<String> shown) {
        static Offending none(int max) {
            return new Offending(max, 0, new ArrayList<>());
        }

        Offending and(long more, Licensed licensed, List<String> components) {
            String has = licensed.license().isEmpty() ? "" : " (" + licensed.license() + ")";
            components.stream().limit(Math.max(0, max - shown.size())).forEach(one -> shown.add(one + has));
            return new Offending(max, count + more, shown);
        }

        String names() {
            long more = count - shown.size();
            return String.join(", ", shown) + (more > 0 ? " and %d more".formatted(more) : "");
        }
    }

    private LicenseRule(LicenseList list) {
        this.list = list;
        allowed = list.allow().stream()
                .flatMap(text -> LicenseExpression.parse(text).stream())
                .filter(LicenseExpression.One.class::isInstance)
                .map(one -> ((LicenseExpression.One) one).license())
                .toList();
    }

    static Ruling judge(LicenseList list, Facts facts) {
        return new LicenseRule(list).judge(facts);
    }

    /** Which components have no allowed licence, those that have another first; at most so many, and how many there are beyond. */
    static Rules.Named offending(LicenseList list, Facts facts, int max) {
        Offenders all = new LicenseRule(list).offenders(facts, max);
        List<String> shown = new ArrayList<>();
        all.forbidden().shown().forEach(one -> shown.add("licence not allowed: " + one));
        all.unknown().shown().stream()
                .limit(Math.max(0, max - shown.size()))
                .forEach(one -> shown.add("licence not known: " + one));
        return new Rules.Named(shown, all.forbidden().count() + all.unknown().count() - shown.size());
    }

    private Ruling judge(Facts facts) {
        if (facts.parts().licensed().isEmpty()) {
            return new Ruling.Unknown("The report names no component, so there are no licences to look at");
        }
        Offenders all = offenders(facts, SHOWN_MAX);
        return ruling(all.forbidden(), all.unknown(), facts.parts().licensesLeftOut());
    }

    private record Offenders(Offending forbidden, Offending unknown) {}

    private Offenders offenders(Facts facts, int max) {
        Offending forbidden = Offending.none(max);
        Offending unknown = Offending.none(max);
        for (Licensed licensed : facts.parts().licensed()) {
            if (isAllowed(licensed)) {
                continue;
            }
            List<String> components = licensed.components().stream()
                    .filter(one -> list.except().stream().noneMatch(except -> Packages.coversPattern(except, one)))
                    .toList();
            // of what is not listed nobody can say whether it is an exception
            long count = licensed.count() - (licensed.components().size() - components.size());
            if (count > 0 && isKnown(licensed)) {
                forbidden = forbidden.and(count, licensed, components);
            } else if (count > 0) {
                unknown = unknown.and(count, licensed, components);
            }
        }
        return new Offenders(forbidden, unknown);
    }

    private Ruling ruling(Offending forbidden, Offending unknown, long leftOut) {
        List<Ruling> parts = new ArrayList<>();
        if (forbidden.count() > 0) {
            parts.add(new Ruling.Breaks(
                    "%s not allowed: %s; allowed are %s"
                            .formatted(
                                    Texts.counted(forbidden.count(), "licence is", "licences are"),
                                    forbidden.names(),
                                    list.text()),
                    false));
        }
        if (unknown.count() > 0) {
            String why = "Nobody knows the %s of %s"
                    .formatted(unknown.count() == 1 ? "licence" : "licences", unknown.names());
            parts.add(list.unknown() == WhenUnknown.FAIL ? new Ruling.Breaks(why, false) : new Ruling.Unknown(why));
        }
        if (leftOut > 0) {
            parts.add(new Ruling.Unknown(
                    "There are more different licences than are kept; %d are not looked at".formatted(leftOut)));
        }
        return Ruling.all(parts);
    }

    private boolean isAllowed(Licensed licensed) {
        String license = licensed.license();
        boolean byName = list.allow().stream().anyMatch(license::equalsIgnoreCase);
        return byName
                || expression(licensed).filter(one -> one.isAllowed(allowed)).isPresent();
    }

    /** No one says it, or what is said can be no licence. A name that nobody allows is known, and not allowed. */
    private static boolean isKnown(Licensed licensed) {
        return !licensed.license().isEmpty()
                && (licensed.named() || expression(licensed).isPresent());
    }

    private static Optional<LicenseExpression> expression(Licensed licensed) {
        return LicenseExpression.parse(licensed.license()).filter(parsed -> !isNothing(parsed));
    }

    /** {@code NONE} and {@code NOASSERTION}, alone or among others, say nothing. */
    private static boolean isNothing(LicenseExpression expression) {
        return switch (expression) {
            case LicenseExpression.One one -> one.license().id().matches("none|noassertion");
            case LicenseExpression.All all -> all.parts().stream().anyMatch(LicenseRule::isNothing);
            case LicenseExpression.Any any -> any.parts().stream().allMatch(LicenseRule::isNothing);
        };
    }
}
