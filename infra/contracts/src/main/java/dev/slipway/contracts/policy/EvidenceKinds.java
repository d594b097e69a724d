package dev.slipway.contracts.policy;

import dev.slipway.contracts.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Which kinds of evidence are read, and which facts reports of each may say. The list is made of the readers of
 * validation-service and held to them by a test there, so that who stores a policy knows them without asking.
 */
public record EvidenceKinds(Map<String, FactNames> byKind) {
    public static final String RESOURCE = "/dev/slipway/contracts/evidence-kinds.json";
    private static final EvidenceKinds SHIPPED = read();

    public EvidenceKinds {
        byKind = Map.copyOf(byKind);
    }

    /** Those of this version. */
    public static EvidenceKinds shipped() {
        return SHIPPED;
    }

    public Optional<FactNames> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Sorted. */
    public List<String> kinds() {
        return byKind.keySet().stream().sorted().toList();
    }

    private static EvidenceKinds read() {
        try (InputStream resource = EvidenceKinds.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The jar of the contracts lacks " + RESOURCE);
            }
            Map<String, FactNames> kinds = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> kind :
                    WireJson.mapper().readTree(resource).properties()) {
                Map<String, String> units = new TreeMap<>();
                kind.getValue()
                        .properties()
                        .forEach(
                                fact -> units.put(fact.getKey(), fact.getValue().asString()));
                kinds.put(kind.getKey(), new FactNames(units));
            }
            return new EvidenceKinds(kinds);
        } catch (IOException broken) {
            throw new UncheckedIOException("The kinds of evidence cannot be read", broken);
        }
    }
}
