package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold between the names and numbers of a target: each means one thing. */
final class TargetNames {
    private static final Pattern PORT_NAME = Pattern.compile("[a-z][a-z0-9-]{0,29}");

    private TargetNames() {}

    static void require(
            String portEnv, @Nullable Integer port, Map<String, NamedPort> ports, Map<String, EnvValue> env) {
        List<String> variables = new ArrayList<>(List.of(portEnv));
        List<String> numbers = new ArrayList<>();
        if (port != null) {
            numbers.add(port.toString());
        }
        ports.forEach((name, named) -> {
            requirePortName(name);
            if (named.env() != null) {
                variables.add(named.env());
            }
            if (named.port() != null) {
                numbers.add(named.port().toString());
            }
        });
        env.keySet().forEach(name -> EnvValue.requireName("target.env: a name", name));
        variables.addAll(env.keySet());
        Policy.requireOnce("target: each variable of portEnv, ports and env", variables);
        Policy.requireOnce("target: each fixed port", numbers);
    }

    /** Requires that a port that is spoken of by name is one. */
    static void requireNamed(String what, @Nullable String port, Map<String, NamedPort> ports) {
        if (port != null && !ports.containsKey(port)) {
            throw new IllegalArgumentException("%s is no name of target.ports (%s), is %s"
                    .formatted(what, ports.isEmpty() ? "none" : String.join(", ", ports.keySet()), Texts.shown(port)));
        }
    }

    private static void requirePortName(String name) {
        if (!PORT_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "target.ports: a name has 1 to 30 lower-case letters, digits and hyphens and starts with a letter, is "
                            + Texts.shown(name));
        }
    }
}
