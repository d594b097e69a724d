package dev.slipway.release.policy;

import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Stage;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The named ports of the versions that gates send requests to. What a gate of staging asks is asked in production too, to
 * warm the version up there.
 */
record AskedPorts(Set<String> staging, Set<String> production) {
    AskedPorts {
        staging = Set.copyOf(staging);
        production = Set.copyOf(production);
    }

    /** @param environments of a policy */
    static AskedPorts of(JsonNode environments) {
        return new AskedPorts(ports(environments.path("staging")), ports(environments.path("production")));
    }

    private static Set<String> ports(JsonNode environment) {
        return new TreeSet<>(environment.path("target").path("ports").propertyNames());
    }

    /**
     * The text of a request, once all its placeholders are known wherever a gate of this stage sends it.
     *
     * @param saved names of the values that the requests before it save
     */
    String known(String text, String at, Stage stage, Collection<String> saved) {
        if (stage == Stage.STAGING) {
            Placeholders.used(text).stream()
                    .filter(name -> name.startsWith(Placeholders.PORT_PREFIX))
                    .map(name -> name.substring(Placeholders.PORT_PREFIX.length()))
                    .filter(port -> staging.contains(port) != production.contains(port))
                    .findFirst()
                    .ifPresent(port -> {
                        throw new PolicyMapping.OutOfRange(at, oneSided(port));
                    });
        }
        Set<String> ports = new TreeSet<>(stage == Stage.PRODUCTION ? production : staging);
        Placeholders.fault(text, ports, saved).ifPresent(fault -> {
            throw new PolicyMapping.OutOfRange(at, fault);
        });
        return text;
    }

    private String oneSided(String port) {
        return "uses {port.%s}, which environments.%s.target.ports does not have: what a gate of staging asks is asked in production too, to warm the version up"
                .formatted(port, staging.contains(port) ? "production" : "staging");
    }
}
