package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Dated;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.Action;
import dev.slipway.contracts.policy.GuideAnswer.Document;
import dev.slipway.contracts.policy.Stage;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Where on a release's way what a policy names is done: duties by their ids, all else as {@link Dated} calls it. */
final class DuePlaces {
    /** After everything. */
    static final int LAST = 4;
    /** Once the release has ended. */
    private static final int AFTERWARDS = 5;

    private static final String WAY_BACK = "way-back";
    private static final Map<String, Integer> OF_DUTIES = Map.of("staging", 0, "production", 2, "end", 3);

    private final Map<String, Integer> duties = new TreeMap<>();
    private final Map<String, String> when = new TreeMap<>();
    private final Map<String, Integer> others = new LinkedHashMap<>();

    /** @param document that fits the schema */
    DuePlaces(JsonNode document) {
        for (JsonNode duty : document.path("duties")) {
            String id = duty.path("id").asString();
            String by = duty.path("before").asString("");
            when.put(id, duty.has("before") ? "before " + by : "after the release");
            duties.put(id, duty.has("before") ? OF_DUTIES.getOrDefault(by, LAST) : AFTERWARDS);
        }
        JsonNode approvals = document.path("approvals");
        if (approvals.path("required").asInt(1) > 0) {
            others.put(Dated.name(Dated.APPROVAL, GuideAnswer.REQUIRED), 0);
        }
        ApprovalRules.roles(approvals).forEach(role -> others.put(Dated.name(Dated.APPROVAL, role), 0));
        others.put(Dated.name(Dated.GATE, WAY_BACK), 2);
        for (JsonNode gate : document.path("gates")) {
            if (gate.path("check").asString("").equals(WAY_BACK)) {
                others.remove(Dated.name(Dated.GATE, WAY_BACK));
            }
            others.put(Dated.name(Dated.GATE, gate.path("id").asString()), place(GateMapping.stage(gate)));
        }
        CheckMapping.named(document).forEach(check -> others.put(Dated.name(Dated.GATE, "check-" + check), 0));
        if (CheckMapping.isOfAll(document)) {
            others.put(Dated.name(Dated.GATE, CheckMapping.ALL), 0);
        }
        others.put(Dated.name(Dated.PHASE, Dated.STAGING), 1);
        others.put(Dated.name(Dated.PHASE, Dated.CANDIDATE), 2);
        others.put(Dated.name(Dated.PHASE, Dated.PRODUCTION), 3);
        if (document.has("merge")) {
            others.put(Dated.name(Dated.ACTION, GuideAnswer.word(Action.MERGE)), LAST);
            others.put(Dated.name(Dated.ACTION, GuideAnswer.word(Action.TAG)), LAST);
        }
        others.put(Dated.name(Dated.ACTION, GuideAnswer.word(Action.NOTIFY)), AFTERWARDS);
        documents(document.path("announcements"));
    }

    /** What is made of facts: the runbook when it begins, all else of its end. */
    private void documents(JsonNode announcements) {
        for (Document each : Document.values()) {
            if (each != Document.ANNOUNCEMENT || !announcements.isEmpty()) {
                others.put(
                        Dated.name(Dated.DOCUMENT, GuideAnswer.word(each)), each == Document.RUNBOOK ? 0 : AFTERWARDS);
            }
        }
        announcements
                .valueStream()
                .filter(announcement -> announcement.has("reviewedBy"))
                .forEach(announcement -> others.put(
                        Dated.name(Dated.REVIEW, announcement.path("id").asString()), AFTERWARDS));
    }

    private static int place(Stage stage) {
        return switch (stage) {
            case PRE_RELEASE, MERGE -> 0;
            case STAGING -> 1;
            case CANDIDATE -> 2;
            case PRODUCTION -> 3;
            case ARRIVAL, UNKNOWN -> LAST;
        };
    }

    /** Where it is done, 0 before anything runs to 4 at the end and 5 after it; empty where the policy has no such thing. */
    Optional<Integer> place(String name) {
        return Optional.ofNullable(duties.get(name)).or(() -> Optional.ofNullable(others.get(name)));
    }

    /** What there is of a kind, without the word for the kind. */
    Set<String> named(String kind) {
        String start = kind + ":";
        return others.keySet().stream()
                .filter(name -> name.startsWith(start))
                .map(name -> name.substring(start.length()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What could be meant: duties, or all else where it is written like that. */
    Set<String> legal(String written) {
        return new LinkedHashSet<>(written.contains(":") ? others.keySet() : duties.keySet());
    }

    /** Why one cannot be counted from the other. */
    String later(String after, String name) {
        return List.of(after, name).stream().anyMatch(each -> each.contains(":"))
                ? "is done later than " + Dated.words(name)
                : "is answered later than this duty, " + when.get(after);
    }
}
