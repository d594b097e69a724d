package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.List;

/**
 * Which gates and duties people may let a release pass without, and who says so. What no rule names is not waived.
 *
 * @param gates ids of gates, 1 to 150, each once; a required check is {@code check-} and its name, a duty {@link #DUTY} and its
 *     id, with each of its cells. None that is looked at or asked for when users have the version, and not the way back
 * @param roles roles of contacts, 1 to 20, each once; whoever asks for the waiver has one of them
 * @param longest how long a waiver may count from when it is asked for, 1 min to 90 d
 * @param patience how long a release that such a gate stops waits for one, 1 min to 30 d
 */
public record WaiverRule(List<String> gates, List<String> roles, Duration longest, Duration patience) {
    /** What stands before the id of a duty where gates are named. */
    public static final String DUTY = "duty-";

    /** What stands between the name of a duty and one of its cells: {@code duty-browsers/linux/firefox}. */
    public static final String OF_CELL = "/";

    /** Whether it is of this gate, check or duty, or of the duty of which this is a cell. */
    public boolean isOf(String gate) {
        int cell = gate.startsWith(DUTY) ? gate.indexOf(OF_CELL) : -1;
        return gates.contains(gate) || (cell > 0 && gates.contains(gate.substring(0, cell)));
    }

    public WaiverRule {
        Texts.requirePresent("waivers.gates", gates);
        Texts.requirePresent("waivers.roles", roles);
        Texts.requirePresent("waivers.longest", longest);
        Texts.requirePresent("waivers.wait", patience);
        gates = List.copyOf(gates);
        roles = List.copyOf(roles);
        Ranges.require("waivers.gates: their number", gates.size(), 1, 150);
        Ranges.require("waivers.roles: their number", roles.size(), 1, 20);
        Policy.requireOnce("waivers.gates: each gate", gates);
        Policy.requireOnce("waivers.roles: each role", roles);
        Ranges.require("waivers.longest", longest, Duration.ofMinutes(1), Duration.ofDays(90));
        Ranges.require("waivers.wait", patience, Duration.ofMinutes(1), Duration.ofDays(30));
    }
}
