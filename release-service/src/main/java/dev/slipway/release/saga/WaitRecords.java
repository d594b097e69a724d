package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.release.DutyView;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules of waits on others again to a release's records: each ended by what its policy says, a poll by a verdict
 * that was recorded before, a callback by whoever may, a person where one may.
 */
final class WaitRecords {
    private static final String PASSED = DutyView.Result.PASSED.name();

    private final Set<String> seen = new HashSet<>();

    /** Notes which polls have seen what they look for. */
    void next(JsonNode record) {
        for (JsonNode status : record.path("set").path("assessments")) {
            String step = status.at("/question/step").asString("");
            boolean passed = status.path("gates")
                    .valueStream()
                    .anyMatch(gate -> gate.path("gate").asString("").equals(step)
                            && gate.path("complete").asBoolean(false)
                            && gate.path("verdict").asString("").equals(PASSED));
            if (step.startsWith(Waits.STEP) && passed) {
                seen.add(step);
            }
        }
    }

    /** Whether no person said it. */
    static boolean isOfNobody(JsonNode answer) {
        return answer.at("/said/via").isString();
    }

    /** What is wrong with how it came; empty where nothing is. */
    Optional<String> fault(JsonNode record, JsonNode answer, Duty duty) {
        String via = answer.at("/said/via").asString("");
        String by = answer.at("/said/by").asString("");
        String actor = record.path("actor").asString("");
        WaitsOn on = duty.waits();
        boolean passed = answer.at("/said/result").asString("").equals(PASSED);
        if (via.isEmpty()) {
            return on == null || on.person() || !passed
                    ? Optional.empty()
                    : Optional.of("%s said that duty %s passed, which people do not end".formatted(by, duty.id()));
        } else if (via.equals(DutyView.Via.POLL.name())) {
            boolean polled = on != null && on.poll() != null && passed && !actor.startsWith("user:");
            return polled && seen.contains(Waits.step(duty))
                    ? Optional.empty()
                    : Optional.of("duty %s was ended by a poll that has not seen it".formatted(duty.id()));
        }
        WaitsOn.Callback callback = on == null ? null : on.callback();
        boolean called = via.equals(DutyView.Via.CALLBACK.name())
                && callback != null
                && callback.takes(by)
                && actor.equals("user:" + by);
        return called
                ? Optional.empty()
                : Optional.of("duty %s was ended by a callback of %s, which its policy does not take"
                        .formatted(duty.id(), by));
    }
}
