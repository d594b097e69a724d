package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaiverRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules of waivers again to a release's records (ADR 41, 60): each was asked for by the person whose word it is, who
 * has a role that the policy names for that gate or duty, for no longer than it allows, before production; confirmed by another
 * one who did not make the change; and taken back by whoever may.
 */
final class WaiverRecords {
    private static final Set<String> WATCHED = Set.of("VALIDATING", "AWAITING_APPROVAL", "STAGING", "CANDIDATE");

    private final Consumer<String> fault;
    private final Predicate<Set<String>> made;
    private final Map<String, Waiver> known = new HashMap<>();

    /**
     * @param fault hears of each fault, at the record that is looked at
     * @param made whether a person with these addresses made the change
     */
    WaiverRecords(Consumer<String> fault, Predicate<Set<String>> made) {
        this.fault = fault;
        this.made = made;
    }

    /** @param before where the release was before the record; its state as the journal has it */
    void next(JsonNode record, JsonNode before, Policy guide) {
        if (!record.path("set").has("waivers")) {
            return;
        }
        Set<String> gone = new HashSet<>(known.keySet());
        for (JsonNode told : record.path("set").path("waivers")) {
            Waiver waiver = read(told);
            if (waiver != null) {
                gone.remove(waiver.gate());
                Waiver had = known.put(waiver.gate(), waiver);
                if (!waiver.equals(had)) {
                    changed(waiver, had, record.path("actor").asString("nobody"), before, guide);
                }
            }
        }
        gone.stream().sorted().forEach(gate -> fault.accept("the waiver of %s was taken out".formatted(gate)));
    }

    private @Nullable Waiver read(JsonNode told) {
        try {
            return WireJson.mapper().treeToValue(told, Waiver.class);
        } catch (JacksonException | IllegalArgumentException wrong) {
            fault.accept("a waiver cannot be read");
            return null;
        }
    }

    private void changed(Waiver waiver, @Nullable Waiver had, String actor, JsonNode before, Policy guide) {
        boolean sameWord = had != null
                && had.by().equals(waiver.by())
                && had.at().equals(waiver.at())
                && had.until().equals(waiver.until())
                && had.reason().equals(waiver.reason());
        if (!sameWord) {
            asked(waiver, actor, before, guide);
        }
        String second = waiver.confirmedBy();
        if (second != null && (had == null || !sameWord || !second.equals(had.confirmedBy()))) {
            confirmed(waiver, second, actor, guide);
        }
        Waiver.Withdrawn withdrawn = waiver.withdrawn();
        if (withdrawn != null && (had == null || had.withdrawn() == null)) {
            withdrawn(waiver, withdrawn, actor, guide);
        }
        if (had != null && sameWord && had.lapsed() && !waiver.lapsed()) {
            fault.accept("a waiver of %s that was over counts again".formatted(waiver.gate()));
        }
    }

    private void asked(Waiver waiver, String actor, JsonNode before, Policy guide) {
        Optional<WaiverRule> rule = guide.waiver(waiver.gate()).filter(_ -> isThere(waiver.gate(), guide));
        if (rule.isEmpty()) {
            fault.accept("%s was waived, which its policy lets nobody do".formatted(waiver.gate()));
        } else if (!actor.equals("user:" + waiver.by())) {
            fault.accept("a waiver by %s that %s asked for".formatted(waiver.by(), actor));
        } else if (guide.rolesOf(waiver.by()).stream().noneMatch(rule.get().roles()::contains)) {
            fault.accept("%s asked to waive %s and has no role that may".formatted(waiver.by(), waiver.gate()));
        } else if (waiver.until().isAfter(waiver.at().plus(rule.get().longest()))) {
            fault.accept("%s is waived for longer than its policy allows".formatted(waiver.gate()));
        } else if (!WATCHED.contains(before.path("type").asString("")) && !isLeft(waiver, before, guide)) {
            fault.accept("%s was waived when nobody may do that".formatted(waiver.gate()));
        }
    }

    /** Whether the cell that it names, if it does, is one of the duty. */
    private static boolean isThere(String gate, Policy guide) {
        return guide.duties().stream()
                .filter(duty -> DutyWaivers.isOf(duty, gate) && !gate.equals(DutyWaivers.name(duty)))
                .allMatch(duty -> duty.cells().contains(DutyWaivers.cell(duty, gate)));
    }

    /** Whether it is of what is asked for after the release, and that has ended. */
    private static boolean isLeft(Waiver waiver, JsonNode before, Policy guide) {
        return before.path("type").asString("").equals("ENDED")
                && guide.duties().stream()
                        .anyMatch(duty -> duty.isAfterWork() && DutyWaivers.isOf(duty, waiver.gate()));
    }

    private void confirmed(Waiver waiver, String second, String actor, Policy guide) {
        Set<String> person = guide.approvals().addressesOf(second);
        if (!actor.equals("user:" + second)) {
            fault.accept("a waiver confirmed by %s that %s confirmed".formatted(second, actor));
        } else if (person.contains(waiver.by())) {
            fault.accept("%s asked to waive %s and confirmed it".formatted(second, waiver.gate()));
        } else if (made.test(person)) {
            fault.accept("%s confirmed a waiver of %s for a change of their own".formatted(second, waiver.gate()));
        } else if (!Optional.ofNullable(waiver.confirmedAt())
                .filter(waiver.until()::isAfter)
                .isPresent()) {
            fault.accept("a waiver of %s was confirmed when it was over".formatted(waiver.gate()));
        }
    }

    private void withdrawn(Waiver waiver, Waiver.Withdrawn withdrawn, String actor, Policy guide) {
        Set<String> person = guide.approvals().addressesOf(withdrawn.by());
        String second = waiver.confirmedBy();
        boolean may = person.contains(waiver.by())
                || (second != null && person.contains(second))
                || guide.waiver(waiver.gate())
                        .filter(rule -> guide.rolesOf(withdrawn.by()).stream().anyMatch(rule.roles()::contains))
                        .isPresent();
        if (!actor.equals("user:" + withdrawn.by()) || !may) {
            fault.accept("a waiver of %s was taken back by %s, who may not".formatted(waiver.gate(), actor));
        }
    }

    /** Whether two people have waived this duty, or this cell of it, and it is not over. */
    boolean covers(Duty duty, String cell) {
        return Stream.of(DutyWaivers.name(duty), DutyWaivers.name(duty, cell))
                .flatMap(name -> Stream.ofNullable(known.get(name)))
                .anyMatch(Waiver::counts);
    }

    /** For people, to follow what is said of approvals; empty where nothing was waived. */
    String said() {
        long counting = known.values().stream().filter(Waiver::counts).count();
        return counting == 0 ? "" : "; %d waived by two people each".formatted(counting);
    }
}
