package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A journey with a record of each input, as the journal has them. */
final class Recorded {
    final Journey journey;
    final List<JsonNode> records = new ArrayList<>();

    Recorded(Policy policy) {
        this.journey = new Journey(policy);
    }

    Recorded take(Function<Journey, ReleaseInput> next) {
        ReleaseInput input = next.apply(journey);
        JsonNode before = MessagingJson.mapper().valueToTree(journey.dossier());
        journey.take(input);
        JsonNode after = MessagingJson.mapper().valueToTree(journey.dossier());
        ObjectNode record = WireJson.mapper().createObjectNode();
        record.put("actor", input instanceof ReleaseInput.Request request ? request.by() : "service:release")
                .put("input", input.getClass().getSimpleName());
        ObjectNode set = record.putObject("set");
        after.properties().stream()
                .filter(field -> records.isEmpty() || !field.getValue().equals(before.get(field.getKey())))
                .forEach(field -> set.set(field.getKey(), field.getValue()));
        record.putArray("unset");
        records.add(record);
        return this;
    }

    Recorded after(Duration time) {
        journey.after(time);
        return this;
    }

    Recorded awaitingApproval() {
        return take(j -> new ReleaseInput.Launched(j.launch(null)))
                .take(_ -> new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR)))
                .take(j -> j.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
    }

    Recorded candidate() {
        return take(j -> j.rollout("staging", Phase.FULL))
                .take(j -> j.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .take(j -> j.rollout("staging", Phase.VERIFIED));
    }

    Recorded rollingOut() {
        return take(j -> j.wayBack(true))
                .take(j -> j.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .take(_ -> new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of("production")));
    }

    ApprovalRecords.Checked checked() {
        return checked(_ -> {});
    }

    /** The journey gives the demo's hash to every policy. */
    ApprovalRecords.Checked checked(Consumer<List<JsonNode>> forged) {
        List<JsonNode> all = new ArrayList<>(records);
        forged.accept(all);
        Policy policy = journey.dossier().guide();
        String text = WireJson.mapper()
                .writeValueAsString(all)
                .replace(Examples.demoPolicy().hash(), PolicyReader.hash(policy));
        List<JsonNode> told = WireJson.mapper().readTree(text).valueStream().toList();
        told.forEach(Recorded::pinnedAnew);
        return ApprovalRecords.check(told);
    }

    /** The hash of the policy is in it. */
    private static void pinnedAnew(JsonNode record) {
        if (record.at("/set/runbook") instanceof ObjectNode runbook) {
            runbook.put("digest", RunbookPins.digest(runbook.path("content")).value());
        }
    }
}
