package dev.slipway.release.saga;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Staff.HandedOver;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Finds again, from a release's records, of whom each duty was asked when: those whom its policy names and who were there when it
 * began, and since then whoever it was handed over to, by whose it was, by the owner or by an operator.
 */
final class StaffRecords {
    private final Consumer<String> fault;
    private @Nullable Staff staff;

    /** @param fault hears of each fault, at the record that is looked at */
    StaffRecords(Consumer<String> fault) {
        this.fault = fault;
    }

    void next(JsonNode record, Launch launch) {
        JsonNode set = record.path("set");
        boolean begins = set.has("launch");
        if (!begins && !set.has("staff")) {
            return;
        }
        try {
            Staff said = set.has("staff") ? WireJson.mapper().treeToValue(set.path("staff"), Staff.class) : null;
            if (begins) {
                begun(said, launch);
            } else if (said != null) {
                handed(record, said, launch.guide());
            }
            staff = said;
        } catch (JacksonException | IllegalArgumentException unreadable) {
            fault.accept("of whom something is asked cannot be read");
        }
    }

    /** One from before that was pinned says nothing of it, and is asked of everybody of the role. */
    private void begun(@Nullable Staff said, Launch launch) {
        if (said != null && !said.equals(Staff.of(launch))) {
            fault.accept("it was asked of others than those whom its policy names");
        }
    }

    private void handed(JsonNode record, Staff said, Policy guide) {
        Staff before = staff;
        List<HandedOver> all = said.handed();
        if (before == null || all.size() != before.handed().size() + 1) {
            fault.accept("who is asked was changed without a word");
            return;
        }
        HandedOver last = all.getLast();
        Set<String> person = guide.approvals().addressesOf(last.by());
        if (!record.path("actor").asString("").equals("user:" + last.by())) {
            fault.accept("a word of %s that %s gave"
                    .formatted(last.by(), record.path("actor").asString("nobody")));
        } else if (!last.operator()
                && !person.contains(last.from())
                && !person.contains(Objects.toString(before.owner(), ""))) {
            fault.accept("%s handed over what %s had to answer for".formatted(last.by(), last.from()));
        } else if (!before.after(last).equals(said)) {
            fault.accept("who is asked is not what %s said".formatted(last.by()));
        }
    }

    /** Whether somebody with this address was asked for the duty at the record that is looked at. */
    boolean isAsked(Policy guide, Duty duty, String email) {
        return Staff.isAsked(staff, guide, duty, email);
    }
}
