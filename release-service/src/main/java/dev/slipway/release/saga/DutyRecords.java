package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Applies the rules of duties again to a release's records: each answer was said by the person whose it is, who has the role,
 * while it was asked for, by nobody twice; and where the release went on that waits for them, enough had said that each of
 * them passed.
 */
final class DutyRecords {
    private final Consumer<String> fault;
    private final Map<String, Integer> passed = new HashMap<>();
    private final Set<String> answered = new HashSet<>();
    private int answers;

    /** @param fault hears of each fault, at the record that is looked at */
    DutyRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    /** @param before where the release was before the record; its state as the journal has it */
    void next(JsonNode record, JsonNode before, JsonNode after, Policy guide) {
        JsonNode all = record.path("set").path("duties");
        for (int i = answers; i < all.size(); i++) {
            answer(record, before, all.get(i), guide);
        }
        if (all.isArray() && all.size() < answers) {
            fault.accept("an answer to a duty was taken away");
        }
        answers = Math.max(answers, all.size());
        Optional<Duty.Before> now = behind(after);
        if (now.isPresent() && !now.equals(behind(before))) {
            enough(now.get(), guide);
        }
    }

    private void answer(JsonNode record, JsonNode before, JsonNode answer, Policy guide) {
        String id = answer.path("duty").asString("");
        String email = answer.at("/said/by").asString("");
        Duty duty = guide.duty(id).orElse(null);
        if (duty == null) {
            fault.accept("an answer to duty %s, which its policy has not".formatted(id));
            return;
        }
        if (!record.path("actor").asString("").equals("user:" + email)) {
            fault.accept("an answer of %s that %s gave"
                    .formatted(email, record.path("actor").asString("nobody")));
        } else if (!guide.rolesOf(email).contains(duty.by())) {
            fault.accept("%s answered duty %s and is not of the role %s".formatted(email, id, duty.by()));
        } else if (asked(before).filter(turn -> turn == duty.before()).isEmpty()) {
            fault.accept("duty %s was answered when it was not asked for".formatted(id));
        } else if (guide.approvals().addressesOf(email).stream()
                .anyMatch(address -> answered.contains(id + " " + address))) {
            fault.accept("%s answered duty %s twice".formatted(email, id));
        } else if (answer.at("/said/result").asString("").equals(DutyView.Result.PASSED.name())) {
            passed.merge(id, 1, Integer::sum);
        }
        answered.add(id + " " + email);
    }

    private void enough(Duty.Before before, Policy guide) {
        List<Duty> missing = guide.duties().stream()
                .filter(duty -> duty.before() == before && passed.getOrDefault(duty.id(), 0) < duty.people())
                .toList();
        missing.forEach(duty -> fault.accept("it went on with %d of %d answers to duty %s"
                .formatted(passed.getOrDefault(duty.id(), 0), duty.people(), duty.id())));
    }

    private static Optional<Duty.Before> asked(JsonNode state) {
        return switch (state.path("type").asString("")) {
            case "AWAITING_APPROVAL" -> Optional.of(Duty.Before.STAGING);
            case "CANDIDATE" -> Optional.of(Duty.Before.PRODUCTION);
            case "BAKING" ->
                state.path("part").asString("").equals("VERIFYING") ? Optional.of(Duty.Before.END) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The last of what it has left behind by going on as meant, seen where it goes on. */
    private static Optional<Duty.Before> behind(JsonNode state) {
        return switch (state.path("type").asString("")) {
            case "STAGING" -> Optional.of(Duty.Before.STAGING);
            case "ROLLING_OUT" -> Optional.of(Duty.Before.PRODUCTION);
            case "BAKING" ->
                state.path("part").asString("").equals("CONFIRMING") ? Optional.of(Duty.Before.END) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** For people, to follow what is said of approvals; empty where nobody was asked. */
    String said(Policy guide) {
        return guide.duties().isEmpty()
                ? ""
                : "; duties: %d answered of %d"
                        .formatted(
                                guide.duties().stream()
                                        .filter(duty -> passed.getOrDefault(duty.id(), 0) >= duty.people())
                                        .count(),
                                guide.duties().size());
    }
}
