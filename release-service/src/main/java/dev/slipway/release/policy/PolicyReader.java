package dev.slipway.release.policy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads policies. Thread-safe. */
public final class PolicyReader {
    private static final int DEPTH_MAX = 20;
    private static final int ALIASES_MAX = 20;
    private static final int VALUES_MAX = 20_000;

    private final PolicySchema schema = new PolicySchema();
    private final int bytesMax;

    /** @param bytesMax largest document in bytes, 1 to 10,000,000 */
    public PolicyReader(int bytesMax) {
        if (bytesMax < 1 || bytesMax > 10_000_000) {
            throw new IllegalArgumentException("A policy's limit must be 1 to 10,000,000 bytes, is " + bytesMax);
        }
        this.bytesMax = bytesMax;
    }

    /** Reads a YAML document in UTF-8. */
    public PolicyReading read(byte[] yaml) {
        if (yaml.length > bytesMax) {
            return refused(new Finding(
                    1, 1, "", "a policy has at most %d bytes, this one has %d".formatted(bytesMax, yaml.length)));
        }
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString());
        } catch (CharacterCodingException garbled) {
            return refused(new Finding(1, 1, "", "the document is not UTF-8"));
        }
    }

    private PolicyReading read(String yaml) {
        YamlDocument.Bounds bounds = new YamlDocument.Bounds(bytesMax, DEPTH_MAX, ALIASES_MAX, VALUES_MAX);
        try {
            YamlDocument.Read document = YamlDocument.read(yaml, bounds);
            List<Finding> findings = schema.check(document.json(), document.places());
            if (findings.isEmpty()) {
                findings = FactRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = KeyRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = StaffingRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = ForwardOnlyRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = ApprovalRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = DutyRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = WaitRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = DueRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = WaiverRules.check(document.json(), document.places());
            }
            if (findings.isEmpty()) {
                findings = GuideRules.check(document.json(), document.places());
            }
            return findings.isEmpty() ? map(document) : new PolicyReading.Refused(findings);
        } catch (YamlDocument.Unreadable unreadable) {
            return refused(unreadable.finding());
        }
    }

    private static PolicyReading map(YamlDocument.Read document) {
        try {
            Policy policy = PolicyMapping.policy(document.json());
            return new PolicyReading.Accepted(policy, hash(policy));
        } catch (PolicyMapping.OutOfRange outOfRange) {
            return refused(document.places().at(outOfRange.pointer(), String.valueOf(outOfRange.getMessage())));
        }
    }

    /**
     * SHA-256 of the policy's canonical JSON; where the document has keys, their order makes no difference, but for those of a
     * matrix, which name its cells.
     */
    public static String hash(Policy policy) {
        JsonNode json = WireJson.mapper().valueToTree(policy);
        json.path("gates").forEach(gate -> {
            sort(gate.path("rule"));
            gate.path("http").forEach(probe -> sort(probe.path("json")));
            sortValues(gate.path("arrival"));
        });
        json.path("duties").forEach(duty -> sortValues(duty.at("/waits/poll")));
        sort(json.at("/environments/production/canary/guardrails/latencies"));
        json.at("/guide/lines").forEach(GuideMapping::withoutValue);
        return CanonicalJson.sha256(json);
    }

    private static void sortValues(JsonNode arrival) {
        if (arrival.path("json").isArray()) {
            sort(arrival.path("json"));
        }
    }

    private static void sort(JsonNode list) {
        ArrayNode array = (ArrayNode) list;
        List<JsonNode> sorted = StreamSupport.stream(array.spliterator(), false)
                .sorted(Comparator.comparing(CanonicalJson::write))
                .toList();
        array.removeAll().addAll(sorted);
    }

    private static PolicyReading refused(Finding finding) {
        return new PolicyReading.Refused(List.of(finding));
    }
}
