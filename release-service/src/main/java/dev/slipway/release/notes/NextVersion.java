package dev.slipway.release.notes;

import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.SemanticVersion.Part;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.ChangeView.Kind;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.NextVersionView.Step;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.Verified;
import dev.slipway.release.notes.History.Told;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which version comes next, by the commits since the one that production runs: what breaks raises the major number,
 * {@code feat} the minor one, anything else the patch, conventional or not. The first of all is 1.0.0. It is above all that
 * was used: where it would not be, the same number of the highest used one rises, so that it promises no less to whoever had
 * that. A suggestion, by which nothing is decided.
 */
public final class NextVersion {
    private static final SemanticVersion FIRST = SemanticVersion.require("1.0.0");

    private final Application application;
    private final Policy policy;
    private final @Nullable Verified present;

    public NextVersion(Application application, Policy policy) {
        this.application = application;
        this.policy = policy;
        List<Verified> versions = application.notLeft();
        this.present = versions.isEmpty() ? null : versions.getLast();
    }

    /** What Git has to be asked. */
    public History.Question question(String branch) {
        return new History.Question(policy.source(), List.of(branch), null, since(), UsedVersions.pattern(policy));
    }

    private @Nullable Sha since() {
        return present == null ? null : present.proposal().sha();
    }

    /** @param read what Git has answered */
    public NextVersionView of(String branch, Told.Read read) {
        List<ChangeView> changes = Changes.of(read.commits());
        int conventional =
                (int) changes.stream().filter(change -> change.type() != null).count();
        Step step = step(changes);
        List<String> reasons = new ArrayList<>();
        reasons.add(beginning(branch, changes.size()));
        @Nullable SemanticVersion version = null;
        if (step != Step.NONE) {
            reasons.add(why(step, changes, conventional));
            version = version(step, changes, read.tags(), reasons);
        }
        if (read.more()) {
            reasons.add("There are more than %,d commits; the older ones were not read, and may ask for a larger step."
                    .formatted(read.commits().size()));
        }
        return new NextVersionView(
                application.name(),
                version == null ? null : version.toString(),
                branch,
                read.head(),
                present == null
                        ? null
                        : new Baseline(
                                present.release(),
                                present.version(),
                                present.proposal().sha()),
                step,
                read.commits().size(),
                conventional,
                read.more(),
                reasons,
                step == Step.FIRST
                        ? List.of()
                        : changes.stream().filter(decisive(part(changes))).toList());
    }

    private Step step(List<ChangeView> changes) {
        if (changes.isEmpty()) {
            return Step.NONE;
        } else if (present == null) {
            return Step.FIRST;
        }
        return switch (part(changes)) {
            case MAJOR -> Step.MAJOR;
            case MINOR -> Step.MINOR;
            case PATCH -> Step.PATCH;
        };
    }

    private static Part part(List<ChangeView> changes) {
        if (changes.stream().anyMatch(ChangeView::breaking)) {
            return Part.MAJOR;
        }
        return changes.stream().anyMatch(change -> change.kind() == Kind.FEATURE) ? Part.MINOR : Part.PATCH;
    }

    private static Predicate<ChangeView> decisive(Part part) {
        return switch (part) {
            case MAJOR -> ChangeView::breaking;
            case MINOR -> change -> change.kind() == Kind.FEATURE;
            case PATCH -> _ -> true;
        };
    }

    private String beginning(String branch, int changes) {
        String many = changes == 0
                ? "nothing has changed on branch " + branch
                : "branch %s has %s".formatted(branch, Texts.counted(changes, "commit", "commits that count"));
        return present == null
                ? "Production has verified no release yet, and %s.".formatted(many)
                : "Since %s, which production runs, %s.".formatted(present.release(), many);
    }

    private static String why(Step step, List<ChangeView> changes, int conventional) {
        Part part = part(changes);
        long deciding = changes.stream().filter(decisive(part)).count();
        String others = conventional == changes.size()
                ? ""
                : " %d of %d have no conventional message; each counts as a patch, whatever it does."
                        .formatted(changes.size() - conventional, changes.size());
        return switch (step) {
            case FIRST -> "The first stable version is 1.0.0, whatever the commits say.";
            case MAJOR ->
                "%s something (! or BREAKING CHANGE): the major number rises.%s"
                        .formatted(Texts.counted(deciding, "of them breaks", "of them break"), others);
            case MINOR ->
                "%s (feat): the minor number rises.%s"
                        .formatted(Texts.counted(deciding, "of them is a feature", "of them are features"), others);
            case PATCH ->
                conventional == 0
                        ? "None of them has a conventional message (such as feat: or fix:), so nothing says more than a patch; look at them yourself."
                        : "None of them is a feature or breaks anything: the patch number rises." + others;
            case NONE, UNKNOWN -> "";
        };
    }

    private SemanticVersion version(Step step, List<ChangeView> changes, List<String> tags, List<String> reasons) {
        Part part = part(changes);
        Optional<SemanticVersion> base = present == null ? Optional.empty() : SemanticVersion.of(present.version());
        SemanticVersion wanted = base.map(version -> version.raised(part)).orElse(FIRST);
        Optional<SemanticVersion> highest =
                UsedVersions.of(application, policy.merge(), tags).max(Comparator.naturalOrder());
        if (highest.isEmpty() || wanted.isAbove(highest.get())) {
            return wanted;
        }
        SemanticVersion above = highest.get().raised(part);
        reasons.add(
                "%s is not above %s, the highest that production had, that is on its way or that is tagged: from there %s."
                        .formatted(
                                wanted,
                                highest.get(),
                                step == Step.FIRST ? "the commits decide" : "the same number rises"));
        return above;
    }
}
