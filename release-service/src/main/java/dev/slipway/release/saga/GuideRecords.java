package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.release.application.Launch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules again by which a release goes by its guide (ADR 67): what was read at its revision stood fast; it was adopted
 * once, before production, by somebody who may and did not make the change, and exactly those approvals fell that fall; and each
 * word on a line was said by the person whose it is, who might say it, and none was taken away.
 */
final class GuideRecords {
    private static final Set<String> BEFORE_PRODUCTION =
            Set.of("VALIDATING", "AWAITING_APPROVAL", "STAGING", "CANDIDATE");

    private final Consumer<String> fault;
    private final Predicate<Set<String>> made;
    private @Nullable GuideFileView file;
    private List<LineWord> words = List.of();

    /**
     * @param fault hears of each fault, at the record that is looked at
     * @param made whether the change was made by whoever has one of these addresses
     */
    GuideRecords(Consumer<String> fault, Predicate<Set<String>> made) {
        this.fault = fault;
        this.made = made;
    }

    /** Whether it is by the record's adoption of a guide that these people say yes no longer. */
    boolean takesBack(JsonNode record, Set<String> gone) {
        try {
            return read(record)
                    .map(GuideFileView::adopted)
                    .filter(word -> file == null || file.adopted() == null)
                    .filter(word -> gone.equals(new HashSet<>(word.fell())))
                    .isPresent();
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return false; // said where the record as a whole is looked at
        }
    }

    private static Optional<GuideFileView> read(JsonNode record) {
        JsonNode told = record.path("set").path("guideFile");
        return told.isObject()
                ? Optional.of(WireJson.mapper().treeToValue(told, GuideFileView.class))
                : Optional.empty();
    }

    /**
     * @param phase where the release was
     * @param yes who said yes before the record, in the order in which they did
     */
    void next(JsonNode record, String phase, Launch launch, List<String> yes) {
        String actor = record.path("actor").asString("nobody");
        try {
            read(record).ifPresent(said -> {
                looked(said, actor, phase, launch, yes);
                file = said;
            });
            JsonNode told = record.path("set").path("lineWords");
            if (told.isArray()) {
                List<LineWord> said = List.of(WireJson.mapper().treeToValue(told, LineWord[].class));
                said(said, actor, phase, launch);
                words = said;
            }
        } catch (JacksonException | IllegalArgumentException unreadable) {
            fault.accept("what was said of its guide cannot be read");
        }
        if (record.path("unset")
                .valueStream()
                .anyMatch(name -> Set.of("guideFile", "lineWords").contains(name.asString("")))) {
            fault.accept("what was said of its guide was taken away");
        }
    }

    private void looked(GuideFileView said, String actor, String phase, Launch launch, List<String> yes) {
        GuideFileView before = file;
        Adopted word = said.adopted();
        if (before != null && (before.adopted() != null || !same(before, said))) {
            fault.accept("what its guide's file says at its revision is other than before");
        } else if (word != null) {
            adopted(said, word, actor, phase, launch, yes);
        }
    }

    private static boolean same(GuideFileView one, GuideFileView other) {
        return one.lines().equals(other.lines())
                && Objects.equals(one.sha256(), other.sha256())
                && one.state() == other.state();
    }

    private void adopted(
            GuideFileView said, Adopted word, String actor, String phase, Launch launch, List<String> yes) {
        Policy policy = launch.guide();
        Guide pinned = policy.guide();
        if (pinned == null || said.state() != GuideFileView.State.DIFFERS || said.more() > 0) {
            fault.accept("a guide was adopted where there was none to adopt");
            return;
        }
        Guide next = GuideInForce.with(pinned, said);
        List<String> falls = GuideInForce.falling(policy, launch, pinned, next, yes);
        if (!actor.equals("user:" + word.by())) {
            fault.accept("a guide adopted by %s that %s adopted".formatted(word.by(), actor));
        } else if (made.test(policy.approvals().addressesOf(word.by()))) {
            fault.accept("%s adopted the guide of a change of their own".formatted(word.by()));
        } else if (!Judging.mayJudge(policy, word.by(), word.operator())) {
            fault.accept("%s adopted a guide, and is no contact of the policy and no operator".formatted(word.by()));
        } else if (!BEFORE_PRODUCTION.contains(phase)) {
            fault.accept("a guide was adopted in " + phase);
        } else if (!Texts.says(word.reason())) {
            fault.accept("a guide was adopted without a reason");
        }
        if (!word.guideHash().equals(next.hash())) {
            fault.accept("the guide that was adopted is not the one of the file");
        }
        if (!word.fell().equals(falls)) {
            fault.accept("approvals of %s fell with the guide, and by the rule those of %s do"
                    .formatted(word.fell(), falls));
        }
    }

    private void said(List<LineWord> said, String actor, String phase, Launch launch) {
        if (said.size() < words.size() || !said.subList(0, words.size()).equals(words)) {
            fault.accept("a word on a line of the guide was taken away, or changed");
            return;
        }
        List<LineWord> known = new ArrayList<>(words);
        for (LineWord word : said.subList(words.size(), said.size())) {
            word(word, List.copyOf(known), actor, phase, launch);
            known.add(word);
        }
    }

    private void word(LineWord word, List<LineWord> before, String actor, String phase, Launch launch) {
        Policy policy = launch.guide();
        Optional<GuideLine> line =
                Optional.ofNullable(inForce(policy)).flatMap(guide -> GuideInForce.line(guide, word.line()));
        if (!actor.equals("user:" + word.by())) {
            fault.accept("a word of %s on line %s that %s said".formatted(word.by(), word.line(), actor));
        } else if (!Judging.mayJudge(policy, word.by(), word.operator())) {
            fault.accept("%s spoke on line %s, and is no contact of the policy and no operator"
                    .formatted(word.by(), word.line()));
        } else if (line.isEmpty()) {
            fault.accept("a word of %s on line %s, which the guide has not".formatted(word.by(), word.line()));
        } else if (!word.applies()) {
            dismissed(word, line.get(), before, phase, policy);
        }
    }

    private void dismissed(LineWord word, GuideLine line, List<LineWord> before, String phase, Policy policy) {
        if (made.test(policy.approvals().addressesOf(word.by()))) {
            fault.accept("%s dismissed line %s of a change of their own".formatted(word.by(), line.id()));
        }
        switch (line.answer().by()) {
            case DUTY, APPROVAL, VALUE, NOTHING ->
                fault.accept("line %s was dismissed, which a %s answers"
                        .formatted(line.id(), line.answer().by()));
            case GATE -> ofGate(word, line, before, phase, policy);
            case DOCUMENT, ACTION, UNANSWERED, UNKNOWN -> {}
        }
    }

    private void ofGate(LineWord word, GuideLine line, List<LineWord> before, String phase, Policy policy) {
        Optional<WaiverRule> rule = policy.waiver(line.answer().name());
        boolean first = LineWord.standing(policy, before, line.id()).isEmpty();
        boolean may = rule.isPresent()
                && (!first
                        || policy.rolesOf(word.by()).stream()
                                .anyMatch(rule.get().roles()::contains));
        if (!may) {
            fault.accept(
                    "%s dismissed line %s, and may not waive the gate that answers it".formatted(word.by(), line.id()));
        }
        if (!BEFORE_PRODUCTION.contains(phase) && !phase.equals("PROPOSED")) {
            fault.accept("line %s, which a gate answers, was dismissed in %s".formatted(line.id(), phase));
        }
    }

    private @Nullable Guide inForce(Policy policy) {
        Guide pinned = policy.guide();
        GuideFileView known = file;
        return pinned == null || known == null || known.adopted() == null ? pinned : GuideInForce.with(pinned, known);
    }

    /** For people, to follow what else was gone over; empty where nothing was said of the guide. */
    String said() {
        Adopted word = file == null ? null : file.adopted();
        String adopted = word == null ? "" : "; guide adopted by " + word.by();
        return words.isEmpty()
                ? adopted
                : "%s; %s on lines of the guide".formatted(adopted, Texts.counted(words.size(), "word", "words"));
    }
}
