package dev.slipway.release.saga;

import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.release.application.Launch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files whose change somebody in particular has to approve (ADR 68). Of those who say yes to exactly this release one has to be of
 * whom the rule names; whoever is counts for every rule that names them, and as whatever else they are: nobody is spent on it.
 */
final class PathReviews {
    private static final int NAMED_MAX = 3;
    private static final int ASKED_MAX = 5;

    private PathReviews() {}

    /**
     * A rule whose files have changed.
     *
     * @param changed the first of these files
     * @param more how many there are besides; null where nobody can say, and then all that the rule names count
     */
    record Wanted(
            PathReview review,
            List<String> changed,
            @Nullable Integer more) {
        Wanted {
            changed = List.copyOf(changed);
        }

        /** Which files, for people. */
        String files() {
            if (changed.isEmpty()) {
                return review.name();
            }
            int beyond = changed.size() - Math.min(NAMED_MAX, changed.size());
            String named = String.join(", ", changed.subList(0, Math.min(NAMED_MAX, changed.size())));
            if (more == null) {
                return named + " and others";
            }
            return beyond + more == 0 ? named : "%s and %d more".formatted(named, beyond + more);
        }

        /** Who has to approve what, in words that do not depend on what was read. */
        String text() {
            return "%s for %s".formatted(review.who(), review.name());
        }
    }

    /**
     * Rules that count. Fails closed: where too much has changed, or nobody has looked, all do.
     *
     * @param changed what has changed; null where nobody has looked
     */
    static List<Wanted> of(Launch launch, @Nullable ChangedFiles changed) {
        Policy policy = launch.policy();
        if (policy == null || launch.rollback() != null || launch.configured() != null) {
            return List.of(); // it brings no revision that was not verified
        }
        List<PathReview> rules = policy.approvals().paths();
        List<Wanted> wanted = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            PathReview review = rules.get(rule);
            if (changed == null) {
                wanted.add(new Wanted(review, List.of(), null));
                continue;
            }
            ChangedFiles.Match match = changed.of(rule).orElseGet(() -> new ChangedFiles.Match(0, 0, List.of()));
            if (changed.more()) {
                wanted.add(new Wanted(review, match.shown(), null));
            } else if (match.files() > 0) {
                wanted.add(new Wanted(
                        review, match.shown(), match.files() - match.shown().size()));
            }
        }
        return wanted;
    }

    static List<Wanted> of(Dossier d) {
        return d.launch() == null ? List.of() : of(d.release(), d.changed());
    }

    /**
     * Those of whom nobody has said yes.
     *
     * @param yes addresses of whoever has
     */
    static List<Wanted> missing(Policy policy, List<Wanted> wanted, Collection<String> yes) {
        return wanted.stream()
                .filter(each -> yes.stream().noneMatch(email -> each.review().isBy(policy, email)))
                .toList();
    }

    static List<Wanted> missing(Dossier d) {
        return missing(
                d.guide(),
                of(d),
                d.approvals().stream().map(Dossier.Approval::email).toList());
    }

    /** Roles of contacts that are asked for it. */
    static List<String> asked(Dossier d) {
        Policy policy = d.guide();
        return of(d).stream()
                .flatMap(each -> Stream.concat(
                        each.review().roles().stream(),
                        each.review().people().stream()
                                .flatMap(email -> policy.rolesOf(email).stream().sorted())))
                .distinct()
                .toList();
    }

    /** What people are told when they are asked; begins with a blank, empty where no such file has changed. */
    static String question(Dossier d) {
        List<Wanted> wanted = of(d);
        String beyond = wanted.size() <= ASKED_MAX
                ? ""
                : " There are %d more such rules: slipway release show %s."
                        .formatted(wanted.size() - ASKED_MAX, d.id());
        return wanted.stream()
                        .limit(ASKED_MAX)
                        .map(each -> each.changed().isEmpty()
                                ? " Whether %s changed is not known: %s has to approve it."
                                        .formatted(
                                                each.review().name(),
                                                each.review().who())
                                : " Changed: %s; %s has to approve that."
                                        .formatted(each.files(), each.review().who()))
                        .collect(Collectors.joining())
                + beyond;
    }

    /** Who is still wanted for what, for people. */
    static List<String> words(Dossier d) {
        return missing(d).stream()
                .map(each -> "%s for %s".formatted(each.review().who(), each.files()))
                .toList();
    }

    /** People, each by all of their addresses, who may approve the change of such files. */
    static Set<Set<String>> people(Policy policy, PathReview review) {
        Set<Set<String>> people = new LinkedHashSet<>();
        policy.contacts().stream()
                .flatMap(contact -> contact.address().stream())
                .filter(address -> review.isBy(policy, address))
                .forEach(address -> people.add(policy.approvals().addressesOf(address)));
        return people;
    }

    /** For whoever reads the release. */
    static List<VoteView.Review> views(Dossier d) {
        List<Wanted> missing = missing(d);
        return of(d).stream()
                .map(each -> new VoteView.Review(
                        each.review().files(), each.review().by(), each.changed(), each.more(), missing.contains(each)))
                .toList();
    }
}
