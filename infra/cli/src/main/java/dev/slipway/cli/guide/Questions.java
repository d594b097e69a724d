package dev.slipway.cli.guide;

import dev.slipway.cli.guide.Question.Choice;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.guide.DutyMoment;
import dev.slipway.guide.LineClass;
import dev.slipway.guide.Proposal;
import dev.slipway.guide.StandsFor;
import dev.slipway.guide.Waiting;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may answer a line that nothing answers yet, out of what this policy has: the likeliest is proposed. A gate is proposed
 * only where it speaks of the same thing as the line; what no report says is proposed to be asked of a person, which can always
 * be done.
 */
final class Questions {
    private static final String PIPELINE = "a run of the pipeline";
    /** What a run would do that Slipway does itself where a policy asks for it. */
    private static final String DOCUMENTATION = "a run that checks links and version strings";

    private static final String COMPARES = "a run that compares them";
    private static final String LOOKS = "a run that looks for it";
    private static final int ASKED_MAX = 5;
    /** Words that say nothing of what a gate looks at. */
    private static final Set<String> COMMON = Set.of(
            "test",
            "check",
            "run",
            "verify",
            "validate",
            "perform",
            "prepare",
            "review",
            "all",
            "the",
            "and",
            "any",
            "of",
            "to",
            "for",
            "that",
            "are",
            "is",
            "new",
            "no",
            "nothing",
            "system",
            "release",
            "code",
            "gate",
            "with",
            "not",
            "phase");

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Policy policy;
    private final Roles roles;

    Questions(Policy policy) {
        this.policy = policy;
        this.roles = new Roles(policy);
    }

    Question of(Proposal proposal) {
        Map<String, String> choices = new LinkedHashMap<>();
        @Nullable String part = proposal.answer().policy();
        boolean contact = part != null && part.startsWith("contacts:");
        Optional<Waiting> waits = Waiting.of(proposal);
        waits.ifPresent(on -> waits(on, proposal, choices));
        if (!contact) {
            switch (proposal.kind()) {
                case GATE -> gates(proposal, choices);
                case DUTY -> duties(proposal, choices);
                case DOCUMENT -> StandsFor.documents(proposal).forEach((name, words) -> renders(name, words, choices));
                case ACTION ->
                    StandsFor.announcements(proposal).forEach((name, words) -> renders(name, words, choices));
                case VALUE, NOTHING -> {}
            }
            StandsFor.actions(proposal).forEach((name, words) -> acts(name, words, choices));
            if (proposal.kind() != LineClass.VALUE) {
                roles.likely(proposal).stream()
                        .limit(ASKED_MAX)
                        .forEach(role -> choices.putIfAbsent("duty:" + role, asked(role, proposal)));
            }
            if (proposal.kind() == LineClass.GATE) {
                weak(proposal, choices);
            }
        }
        return new Question(
                proposal.line().id(),
                proposal.line().source().line(),
                proposal.line().headings(),
                proposal.line().text(),
                contact
                        ? "who is it? contact:NAME <EMAIL>"
                        : waits.isPresent()
                                ? "how long does it usually take, and how long may it? wait:ROLE:EXPECTED:LONGEST"
                                : "what answers it?",
                choices.entrySet().stream()
                        .map(each -> new Choice(each.getKey(), each.getValue()))
                        .toList());
    }

    /** The times are the guide's, else a day and three: whoever answers says those of the team. */
    private void waits(Waiting on, Proposal proposal, Map<String, String> choices) {
        String expected = PolicyLists.time(on.expected());
        String longest = PolicyLists.time(on.longest());
        roles.likely(proposal).stream()
                .limit(1)
                .forEach(role -> choices.put(
                        "wait:%s:%s:%s".formatted(role, expected, longest),
                        "it is waited for, expected within %s and at most %s; %s is told and says that it is done, and no time ends it"
                                .formatted(expected, longest, role)));
    }

    /** What nothing has announced is no answer. */
    private void renders(String name, String words, Map<String, String> choices) {
        if (!name.equals(StandsFor.ANNOUNCEMENT) || !policy.announcements().isEmpty()) {
            choices.put("document:" + name, words);
        }
    }

    private void acts(String answer, String words, Map<String, String> choices) {
        boolean has = !answer.matches("action:(merge|tag)") || policy.merge() != null;
        if (has) {
            choices.putIfAbsent(answer, words);
        }
    }

    /** What answers it better than somebody's word does. */
    private void known(Proposal proposal, Map<String, String> choices) {
        if (Binding.reviewsFiles(policy, proposal.line())) {
            choices.put("approval:" + GuideAnswer.PATHS, "the approvals of such files, by whom the policy names");
        }
        boolean judged = policy.environments().production().strategy() == Strategy.CANARY;
        if (judged && StandsFor.inShares(proposal)) {
            choices.put("action:deploy", "users get it share by share, each judged by errors and latency");
        }
        StandsFor.disruption(proposal).forEach((name, words) -> renders(name, words, choices));
    }

    private void duties(Proposal proposal, Map<String, String> choices) {
        known(proposal, choices);
        policy.duties().stream()
                .filter(duty ->
                        alike(duty.text() + " " + duty.id(), proposal.line().text()) >= 0.5)
                .max(Comparator.comparingDouble(
                        duty -> alike(duty.text(), proposal.line().text())))
                .ifPresent(duty -> choices.put("duty:" + duty.id(), "the policy asks it already: " + duty.text()));
        roles.likely(proposal).stream().limit(1).forEach(role -> choices.put("duty:" + role, asked(role, proposal)));
        if (policy.approvals().required() > 0
                && proposal.line().text().matches("(?i).*\\b(review\\w*|approv\\w+|sign.?offs?|second pair)\\b.*")) {
            choices.put("approval:required", "the approvals of exactly this revision");
        }
        StandsFor.insights(proposal).forEach((name, words) -> renders(name, words, choices));
    }

    /** Gates that look at the same kind of thing and speak of the same, the nearest first. */
    private void gates(Proposal proposal, Map<String, String> choices) {
        String line = proposal.line().text() + " " + proposal.line().heading();
        candidates(proposal).stream()
                .filter(gate -> !kindSaysAll(gate) || alike(about(gate), line) > 0)
                .sorted(Comparator.comparingDouble((Gate gate) -> -alike(about(gate), line)))
                .limit(ASKED_MAX)
                .forEach(gate -> choices.put("gate:" + gate.id(), "the policy's gate " + about(gate)));
        if (proposal.answer().words().endsWith(PIPELINE)) {
            policy.gates().stream()
                    .filter(gate -> gate.checksAtLeast() > 0)
                    .forEach(gate -> choices.put("gate:" + gate.id(), "every check that reports for the revision"));
            policy.checks().forEach(check -> choices.put("gate:check-" + check, "the required check " + check));
        }
    }

    /** What is of the same kind, and may look at something else. */
    private void weak(Proposal proposal, Map<String, String> choices) {
        candidates(proposal)
                .forEach(gate -> choices.putIfAbsent(
                        "gate:" + gate.id(), "the policy's gate %s, if it is that".formatted(about(gate))));
        policy.checks().stream()
                .filter(check -> String.valueOf(proposal.answer().policy()).contains("required-check:"))
                .forEach(check -> choices.putIfAbsent(
                        "gate:check-" + check, "the required check %s, if it is that".formatted(check)));
    }

    private List<Gate> candidates(Proposal proposal) {
        String asks = String.valueOf(proposal.answer().policy());
        boolean reports = asks.contains("evidence: ");
        String kind = asks.replaceFirst("(?s).*evidence: ([\\w-]+).*", "$1");
        boolean tests = kind.equals("junit") && !asks.contains("suite:") && !asks.contains("tests.flaky");
        return policy.gates().stream()
                .filter(gate -> gate.check() == null)
                .filter(gate -> Binding.alike(asks).test(gate)
                        || looksItself(proposal, asks).test(gate)
                        || (tests && kind.equals(gate.evidence()))
                        || (reports && kind.matches("sarif|facts") && kind.equals(gate.evidence()))
                        || (asks.contains("metrics:") && !gate.metrics().isEmpty()))
                .toList();
    }

    /** What is seen at the revision, or where it was published, needs no run that sees it. */
    private static Predicate<Gate> looksItself(Proposal proposal, String asks) {
        String words = proposal.answer().words();
        if (asks.contains("schema:")) {
            return gate -> gate.files() != null && !gate.files().schema().isEmpty();
        } else if (words.endsWith(DOCUMENTATION)) {
            return gate -> Binding.isOfVersions(gate)
                    || (gate.files() != null && !gate.files().links().isEmpty());
        } else if (words.endsWith(COMPARES)) {
            return Binding::isOfVersions;
        }
        return gate -> words.endsWith(LOOKS) && gate.arrival() != null;
    }

    /** A report of this kind may be of anything. */
    private static boolean kindSaysAll(Gate gate) {
        return "sarif".equals(gate.evidence())
                || "facts".equals(gate.evidence())
                || gate.arrival() != null
                || Binding.isOfVersions(gate)
                || !gate.metrics().isEmpty();
    }

    private static String about(Gate gate) {
        return gate.guide().isBlank() ? gate.id() : "%s (%s)".formatted(gate.id(), gate.guide());
    }

    private static String asked(String role, Proposal proposal) {
        String when = switch (DutyMoment.of(proposal)) {
            case STAGING -> "before staging";
            case PRODUCTION -> "before production";
            case END -> "after the watch over production";
            case ENDED -> "once the release has ended, kept or taken back";
            case COMPLETED -> "once the release has completed";
        };
        return "a person of role %s is asked by name, %s".formatted(role, when);
    }

    /** Share of the first one's own words that the other has, 0 to 1. */
    private static double alike(String one, String other) {
        Set<String> words = words(one);
        Set<String> common = new HashSet<>(words);
        common.retainAll(words(other));
        return words.isEmpty() ? 0 : (double) common.size() / words.size();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(NO_WORD.split(text.toLowerCase(Locale.ROOT)))
                .map(word -> word.length() > 3 ? word.replaceFirst("s$", "") : word)
                .filter(word -> word.length() > 1 && !COMMON.contains(word))
                .collect(Collectors.toSet());
    }
}
